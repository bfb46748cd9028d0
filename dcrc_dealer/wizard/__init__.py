from . import foundations
from . import dms
from . import followup
from . import service
from . import voice
from . import retention
from . import hotline
