"""Service: when a car is due, reminders, greetings, and whether they brought cars back. For specialists.

The way of a reminder: plan (`service_plan.py`), law (`inspection_schedule.py`) and readings
(`mileage_reading.py`) give each car its days (`fleet_vehicle_forecast.py`, engine in
`tools/forecast.py`, in words: `forecast_words.py`). A rule that looks ahead (`followup_rule.py`)
finds who is due (`followup_rule_reminders.py`); when to call is counted back from that day by
`_get_offset` (`followup_rule.py`) and `_add_dates` of the room followup. The planner makes the
follow-ups, moves them with their day and calls them off when the service was done
(`followup_planner.py`). Whoever may not be called, or has an appointment, is left out by the gate:
`gate.py` of each room, here that of appointment. Calls and texts are those of the room followup. What
the customer answered becomes a result in `followup.py`, and whether the car came in `return_report.py`.
Greetings that nobody called go by text: `followup_greeting.py`.

Owns: plans, inspection rules, readings, festivals, the days a car is due, the return analysis.
"""

from . import res_company
from . import service_plan
from . import service_plan_step
from . import inspection_schedule
from . import inspection_schedule_step
from . import mileage_reading
from . import forecast_words
from . import fleet_vehicle_model
from . import fleet_vehicle
from . import fleet_vehicle_forecast
from . import service_visit
from . import dms_import
from . import res_partner
from . import festival
from . import survey_question
from . import survey_question_answer
from . import survey_user_input
from . import followup_rule
from . import followup_rule_reminders
from . import followup
from . import followup_greeting
from . import followup_sender
from . import followup_planner
from . import text_campaign
from . import return_report
from . import console
from . import coverage
from . import self_check
from . import measure
from . import review_source
from . import doubt
