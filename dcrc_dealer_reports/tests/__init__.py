from . import test_daily_sheet
