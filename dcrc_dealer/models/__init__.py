from . import foundations
from . import dms
from . import followup
from . import voice
