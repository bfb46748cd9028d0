"""What reports keep: audit workbooks, the keys that seal them, and what became of checking others."""

from . import audit
from . import audit_key
from . import audit_export
from . import audit_export_work
from . import audit_export_figures
from . import audit_check
