from . import appointment
from . import dms
from . import export
from . import guard
from . import person
from . import texting
