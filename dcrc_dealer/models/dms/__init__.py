"""DMS lists: what the dealer's management system exports comes in. For whoever drops the list, and the DMS.

A list goes from `dms_import_api.py` (upload, push) or `dms_import_folder.py` through
`dms_import_read.py` (a process of its own reads it, columns are recognized: `dms_mapping.py`,
`dms_word.py`) to one `dms_row.py` a line with its verdict. `dms_import_run.py` then writes batch by
batch: `plan/` works out in memory what becomes of each row and writes set by set. Held rows are
mended in place and tried again; what the center knows better stands in `dms_difference.py`.

Owns: lists, rows, columns, words, differences. Writes the file of foundations; tells the rooms
above by `_after_import`.
"""

from . import dms_word
from . import dms_mapping
from . import dms_import
from . import dms_import_read
from . import dms_import_run
from . import dms_import_assign
from . import dms_import_api
from . import dms_import_folder
from . import dms_row
from . import dms_row_bulk
from . import dms_difference
from . import dms_difference_export
from . import fleet_vehicle
from . import res_company
from . import privacy
from . import self_check
from . import measure
