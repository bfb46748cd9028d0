"""What reports keep: monthly reviews; audit workbooks, the keys that seal them, and checks of others; KPI.

KPI: what people enter (`measure_entry.py`), schemes (`pay_scheme.py`, `pay_line.py`), months with their lines
(`pay_month.py`, `pay_month_count.py`, `pay_result.py`) and what changed in them (`pay_change.py`).
"""

from . import audit
from . import audit_key
from . import audit_export
from . import audit_export_work
from . import audit_export_figures
from . import audit_check
from . import review
from . import review_chapter
from . import review_chapter_words
from . import review_plan
from . import measure
from . import measure_entry
from . import res_company
from . import pay_scheme
from . import pay_line
from . import pay_month
from . import pay_month_count
from . import pay_result
from . import pay_change
