from . import reassign
