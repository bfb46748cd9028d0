from . import foundations
from . import dms
from . import followup
from . import texting
from . import service
from . import appointment
from . import retention
from . import voice
