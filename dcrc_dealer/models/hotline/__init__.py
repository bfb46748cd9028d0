"""The service hotline: who calls, what about, what came of it, and answers at hand (HOT-1 … HOT-5).

A record (`hotline.py`) is opened by one key, or by a telephone system that announces a call
(`hotline_telephone.py`, its log is `hotline_ring.py`). The screen reads and saves it while it is typed
(`hotline_screen.py`); one stop carries customer, car and words on (`hotline_carry.py`). What isn't answered
at once is handed to a department or called back (`hotline_steps.py`): a follow-up of the one queue
(`followup_rule.py`, `followup_planner.py`) with a time limit (`clock_rule.py`, `clock.py`). Figures are in
`measure.py`. Answers beside the call are articles (`article.py`), found by any part of a word
(`article_search.py`); what nobody found is kept (`article_miss.py`).

Owns: hotline records, the telephone log, articles, questions without an answer, the dial address.
"""

from . import clock_rule
from . import clock
from . import reason
from . import hotline
from . import hotline_steps
from . import res_users
from . import res_company
from . import article
from . import article_search
from . import article_expiry
from . import article_miss
from . import hotline_ring
from . import hotline_screen
from . import hotline_carry
from . import hotline_telephone
from . import hotline_sheet
from . import measure
from . import complaint
from . import correction
from . import appointment
from . import followup_rule
from . import followup_planner
from . import followup
from . import contact
from . import res_partner
from . import timeline
from . import privacy
from . import ir_http
from . import console
from . import self_check
