from . import audit_seal
