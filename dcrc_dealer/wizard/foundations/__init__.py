from . import assign
from . import paper_void
