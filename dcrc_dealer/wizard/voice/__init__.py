from . import correction_desk_line
from . import correction_desk
from . import correction_print
from . import problem_print
from . import complaint_item_merge
from . import complaint_print
from . import complaint_step
