from . import complaint_close
