from . import appointment
from . import digest
from . import dms
from . import export
from . import guard
from . import person
from . import texting
