from . import daily_sheet
from . import figure_sheet
from . import figure_line
from . import pay_reopen
