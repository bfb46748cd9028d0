from . import audit_book
from . import audit_seal
