"""The customer's voice: complaints and corrections, handed to departments. For all roles.

A complaint (`complaint.py`) comes from a call (`call.py`) or is typed; a correction
(`correction.py`) says what of the file is wrong, `correction_steps.py` writes the right value and
lets the follow-ups that waited go on. Both are cases (`case_mixin.py` of foundations) that a
department works on with masked numbers (`handed_mixin.py` there); their time limits are data
(`clock_rule.py`). An open complaint keeps marketing away (`gate.py`); Today shows both
(`console.py`).

Owns: complaints, corrections, what departments may read and write.
"""

from . import clock_rule
from . import complaint
from . import correction
from . import correction_steps
from . import res_partner
from . import call
from . import followup
from . import gate
from . import timeline
from . import base_partner_merge_automatic_wizard
from . import console
from . import self_check
