"""Foundations: the customer's file and what every room stands on. For everybody.

Owns the customer (`res_partner*.py`), the numbers (`phone.py`), the car and who had it since when
(`fleet_vehicle*.py`, `vehicle_owner.py`), the papers (`delivery.py`, `service_visit.py`,
`void_mixin.py`), wishes and consents (`do_not_contact.py`, `consent.py`), personal data
(`base.py` marks, `privacy.py` finds), logs that only grow (`log_mixin.py`), headquarters' sample,
and four machines that rooms use:

one gate    `gate.py`, `gate_reasons.py`: may this person be contacted, and if not, why;
one clock   `clock*.py`, `res_company_opening.py`: time limits with a ladder (`clock_ladder.py` climbs,
            `clock_step.py` says whom a step tells, `clock_climb.py` tells them), in working time;
one case    `case_mixin.py`: a matter with a state, its moves, its number and who took which step;
            of whom it is says `matter_mixin.py`; on both stands `handed_mixin.py`, what a
            department works on;
one worker  `worker.py`, `rows.py`: batches that commit, and rows from Python to a table.

What a client hands in comes through one door (`base_door.py`). What a dealer starts with is copied
by `template_mixin.py`; whoever may not change a key field proposes it (`key_field_mixin.py`,
`change_proposal.py`); masked numbers are shown, and logged, by `reveal_mixin.py`. Upper rooms add
events to `timeline.py` and words to `placeholder.py`.
"""

from . import base
from . import base_door
from . import base_door_checks
from . import ir_binary
from . import worker
from . import rows
from . import template_mixin
from . import case_mixin
from . import log_mixin
from . import matter_mixin
from . import domain_mixin
from . import key_field_mixin
from . import reveal_mixin
from . import listed_mixin
from . import rooms_mixin
from . import void_mixin
from . import res_company
from . import res_company_settings
from . import res_company_rooms
from . import res_company_figures
from . import ir_ui_menu
from . import opening_day
from . import resource_calendar
from . import res_company_opening
from . import clock_rule
from . import clock_step
from . import clock_step_people
from . import clock
from . import clock_pause
from . import clock_climb
from . import clock_ladder
from . import clock_mixin
from . import handed_mixin
from . import res_users
from . import ir_fields_converter
from . import res_users_staff
from . import staff_log
from . import ir_module_module
from . import department
from . import placeholder
from . import reason
from . import res_partner
from . import res_partner_contact
from . import res_partner_personal
from . import res_partner_assign
from . import res_partner_rights
from . import res_partner_facts
from . import duplicate
from . import duplicate_finder
from . import phone
from . import fleet_vehicle_model
from . import fleet_vehicle
from . import fleet_vehicle_ledger
from . import fleet_vehicle_nightly
from . import fleet_vehicle_visits
from . import fleet_vehicle_personal
from . import fleet_vehicle_cost_report
from . import vehicle_owner
from . import web_hit
from . import period_mixin
from . import privacy
from . import privacy_log
from . import res_partner_privacy
from . import ir_config_parameter
from . import do_not_contact
from . import consent
from . import sample
from . import sample_line
from . import delivery
from . import service_visit
from . import change_proposal
from . import reveal
from . import gate
from . import gate_reasons
from . import timeline
from . import customer_analysis
from . import rate_mixin
from . import file_report
from . import base_partner_merge_automatic_wizard
from . import self_check
from . import self_check_file
from . import audit
from . import review_source
from . import measure
from . import measure_rows
from . import measure_figures
from . import measure_fact
from . import measure_mark
from . import measure_file
from . import doubt
from . import self_check_measure
