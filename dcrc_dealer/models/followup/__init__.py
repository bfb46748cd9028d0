"""Follow-ups: whom to call today, why, and what came of it. For specialists and their manager.

The way of a call: a rule (`followup_rule.py`) finds candidates (`followup_rule_candidates.py`);
the planner (`followup_planner.py`, the steps in its docstring) makes follow-ups of them
(`followup.py`) and opens one conversation a customer (`contact.py`). Today (`console_today.py`)
shows the queue, "next call" takes from it (`contact.py`, `_claim_next`), the screen reads
`console_call.py`. Closing the call (`call_finish.py`) stores answers, numbers and wishes; what it
means for the conversation is in `contact_attempts.py`, for the follow-up in `followup_lifecycle.py`.

Owns: rules, follow-ups, contacts, calls, outcomes, calling hours, scripts, questionnaires, and the
figures of success and coverage (`success_report.py`, `coverage.py`). How a follow-up leaves the
base of the rate, and by whose word: `followup_exit.py`.
"""

from . import change_proposal
from . import res_company
from . import call_slot
from . import call_outcome
from . import placeholder
from . import script
from . import survey_survey
from . import survey_question
from . import survey_question_answer
from . import delivery
from . import service_visit
from . import gate
from . import followup_rule
from . import followup_rule_candidates
from . import followup_rule_vip
from . import followup_rule_changes
from . import followup
from . import followup_lifecycle
from . import followup_exit
from . import followup_conversation
from . import followup_figures
from . import followup_planner
from . import followup_planner_queue
from . import followup_planner_insert
from . import followup_planner_follow
from . import followup_planner_closed
from . import followup_sender
from . import contact
from . import contact_attempts
from . import contact_hours
from . import call
from . import call_finish
from . import survey_user_input
from . import survey_user_input_line
from . import followup_score
from . import res_partner
from . import res_partner_now
from . import phone
from . import do_not_contact
from . import fleet_vehicle
from . import dms_import
from . import timeline
from . import base_partner_merge_automatic_wizard
from . import console
from . import console_call
from . import console_timeline
from . import console_today
from . import console_overview
from . import console_search
from . import contact_console
from . import success_report
from . import coverage
from . import privacy
from . import res_users
from . import self_check
from . import self_check_contact
from . import audit
from . import review_source
from . import answer_report
from . import measure
from . import doubt
