from . import assign
from . import paper_void
from . import reveal_ask
from . import anonymise
from . import staff_edit
