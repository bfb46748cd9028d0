from . import test_audit_book
from . import test_audit_check
from . import test_audit_export
from . import test_audit_seal
from . import test_daily_sheet
from . import test_daily_sheet_rows
from . import test_journey
from . import test_review
