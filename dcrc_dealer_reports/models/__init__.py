"""What reports keep: monthly reviews; audit workbooks, the keys that seal them, and checks of others."""

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
