"""The customer's voice: complaints and corrections, handed to departments. For all roles.

A complaint (`complaint.py`) comes from a call (`call.py`) or is typed, and goes the road of CMP-3: steps
(`complaint_steps.py`) in rounds (`complaint_rounds.py`, one row of `complaint_round.py` each), a callback of the
one queue (`complaint_callback.py`, `followup_rule.py`) whose stored answer closes it or begins the next round;
the general manager's signature is the only other end (`complaint_closing.py`). Lists are data
(`complaint_item.py`), limits of compensation the dealer's settings (`complaint_limits.py`). A correction
(`correction.py`) says what of the file is wrong, `correction_steps.py` writes the right value and
lets the follow-ups that waited go on, `correction_key_back.py` lets it be keyed into the DMS. Sales
and service tell of a change at a page of theirs (`wizard/voice/correction_desk.py`); the month's
sums are `correction_report.py`, the share of files found wrong is `file_check.py`.

Both are cases (`case_mixin.py` of foundations) that a department works on with masked numbers
(`handed_mixin.py` there). Their numbers are their `_number_prefix` (`case_mixin.py`), their time limits,
and who is told of what nobody did, data: kinds in `clock_rule.py` and `complaint_clocks.py`, ladders in
`data/voice/clock_rule_data.xml`. An open complaint keeps marketing away (`gate.py`); Today and the managers'
first page show both (`console.py`).

What keeps coming up has a code: one list (`problem.py`) for questions, complaints and customers'
words, counted once a conversation (`problem_hit.py`), by weeks (`problem_week.py`), and prevented
(`prevention.py`). The day's problems and the week's figures go to the departments in writing
(`digest.py`, made by `digest_day.py` and `digest_week.py`), which answer by a link (`digest_link.py`).

Owns: complaints with their rounds, proposals, work and consequences, corrections, problem codes, prevention, digests,
what departments may read and write.
"""

from . import res_company_complaint
from . import clock_rule
from . import clock_step
from . import clock
from . import complaint
from . import complaint_item
from . import complaint_round
from . import complaint_rounds
from . import complaint_proposal
from . import complaint_entry
from . import complaint_consequence
from . import complaint_lines
from . import complaint_limits
from . import complaint_steps
from . import complaint_closing
from . import complaint_callback
from . import complaint_clocks
from . import complaint_similar
from . import complaint_from_call
from . import complaint_report
from . import complaint_paper
from . import correction
from . import correction_steps
from . import correction_again
from . import correction_key_back
from . import correction_report
from . import file_check
from . import problem
from . import survey_user_input_line
from . import complaint_problem
from . import problem_hit
from . import problem_week
from . import prevention
from . import digest
from . import digest_line
from . import digest_day
from . import digest_week
from . import digest_link
from . import complaint_digest
from . import res_company
from . import res_partner
from . import call
from . import followup
from . import followup_rule
from . import followup_planner
from . import survey_user_input
from . import gate
from . import timeline
from . import base_partner_merge_automatic_wizard
from . import console
from . import privacy
from . import self_check
from . import self_check_complaint
from . import audit
from . import review_source
from . import measure
