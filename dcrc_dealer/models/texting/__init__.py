"""Texts: Odoo's SMS by the dealer's own provider, and campaigns. For the manager; providers call in.

The way of a text: a template (`sms_template.py`, without gaps: `sms_template_wording.py`) becomes a
row of Odoo's queue (`sms_sms.py`); the gate is asked when it is planned and right before it goes
(`text_sender_guard.py`); the sender (`text_sender.py`) hands batches to the account's adapter
(`text_account.py`, `tools/texting/`) in its hours (`text_account_hours.py`), never twice; reports and answers
come in by `text_account_callback.py`. A campaign chooses customers (`text_campaign_audience.py`), shows what
they will read (`text_campaign_preview.py`) and starts (`text_campaign_start.py`).

Owns: accounts, campaigns, and what is ours of Odoo's texts.
"""

from . import text_account
from . import text_account_compose
from . import text_account_callback
from . import text_account_hours
from . import text_account_test
from . import sms_template
from . import sms_template_wording
from . import text_campaign
from . import text_campaign_audience
from . import text_campaign_preview
from . import text_campaign_ready
from . import console
from . import text_campaign_start
from . import sms_sms
from . import sms_sms_result
from . import gate
from . import text_sender
from . import text_sender_guard
from . import followup_sender
from . import res_company
from . import ir_http
from . import timeline
from . import privacy
from . import self_check
from . import measure
