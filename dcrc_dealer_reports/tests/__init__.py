from . import test_daily_sheet
from . import test_journey
