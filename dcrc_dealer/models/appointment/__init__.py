"""Appointments: who comes when, and the service desk's board. For specialists, the desk, the customer.

The way of a booking: the dialog reads `appointment_booking.py` (`get_booking`) and free times from
`appointment_free.py`; the customer's own link does the same by `appointment_link.py` (page:
`appointment_link_page.py`, route: `controllers/appointment.py`). `book` writes one
`appointment.py`, which takes its places: `appointment_places.py` looks for them,
`appointment_seat.py` lets the database refuse the second of two, limits stand in
`appointment_limit.py`, `appointment_kind.py`, `appointment_resource.py`, `appointment_absence.py`.
The desk sees `appointment_board.py` and moves cards (`appointment_desk.py`): every state and what
follows from it, for places and for calls, is in `appointment_moves.py`. Calls about it (confirm, ask
who did not come, offer) are planned by `appointment_followups.py` for the triggers of
`followup_rule.py`; whoever is expected gets no reminder (`gate.py`). The repair order finds its
appointment in `appointment_visits.py`; the evening closes the day in `appointment_day.py`, which makes
no-shows. A place that is given back (`_release_places`) is offered by `appointment_waiting.py`
(`_offer_freed`) and kept by `appointment_offer.py`. Figures: `appointment_figure.py`.

Owns: appointments, places, kinds of work, advisers and bays, absences, the closed day.
"""

from . import appointment_limit
from . import appointment_kind
from . import appointment_resource
from . import appointment_absence
from . import appointment
from . import appointment_words
from . import resource_calendar
from . import appointment_seat
from . import appointment_places
from . import appointment_free
from . import appointment_booking
from . import appointment_followups
from . import res_company
from . import appointment_waiting
from . import appointment_offer
from . import appointment_moves
from . import appointment_visits
from . import appointment_link
from . import appointment_link_page
from . import appointment_guest
from . import appointment_desk
from . import appointment_text
from . import appointment_board
from . import appointment_day
from . import appointment_figure
from . import service_visit
from . import placeholder
from . import followup_rule
from . import gate
from . import followup_planner
from . import followup
from . import call
from . import script
from . import res_partner
from . import fleet_vehicle
from . import timeline
from . import console_appointment
from . import self_check
from . import audit
from . import review_source
from . import measure
