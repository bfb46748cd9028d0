from . import complaint_close
from . import correction_desk_line
from . import correction_desk
from . import correction_print
from . import problem_print
