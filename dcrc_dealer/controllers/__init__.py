from . import appointment
from . import texting
