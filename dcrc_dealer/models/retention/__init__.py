"""Retention: which customers are about to go, and what wins them back. For the manager.

Rules (`lifecycle_rule.py`) judge every car nightly (`fleet_vehicle_lifecycle.py`, engine in
`tools/lifecycle.py`, in words: `lifecycle_words.py`); a change of stage is kept
(`lifecycle_change.py`). A plan (`retention_plan.py`) makes a case (`retention_case.py`), the case
asks for calls like every other reason (`followup_rule.py`), ends in `retention_case_flow.py`, and is
compared with cars without one in `retention_effect.py`.

Owns: life-cycle rules and stages, win-back plans and cases.
"""

from . import res_company
from . import lifecycle_rule
from . import lifecycle_change
from . import lifecycle_words
from . import fleet_vehicle
from . import fleet_vehicle_lifecycle
from . import retention_plan
from . import retention_case
from . import retention_case_flow
from . import followup
from . import followup_rule
from . import service_visit
from . import retention_effect
from . import console
from . import text_campaign
from . import self_check
from . import lifecycle_span
from . import measure
from . import review_source
