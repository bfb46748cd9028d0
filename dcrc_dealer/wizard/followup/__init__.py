from . import reassign
from . import followup_cancel
from . import coverage_print
