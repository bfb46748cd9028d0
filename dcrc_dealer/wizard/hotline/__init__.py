from . import staff_edit
