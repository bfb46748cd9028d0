from odoo import api, models

from ...tools.measure import Formula, Part, watch_moments
from .sms_sms import STATES

WATCHES = (watch_moments("sms_sms", "dcrc_sent_at", others=("state", "dcrc_followup_id"), company="dcrc_company_id"),)
SENT = [state for key in ("accepted", "delivered", "failed", "unknown") for state in STATES[key]]


def _texts(states, *conditions):
    return Part("sms.sms", "dcrc_sent_at", [("state", "in", list(states)), *conditions], company="dcrc_company_id")


class Measure(models.Model):
    """Figures of texts (SMS-1), and greetings by text (KPI, care)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        greeted = ("dcrc_followup_id.rule_id.trigger", "in", self._get_greeting_triggers())
        return {
            **super()._measures(),
            "texts": Formula(_texts([*SENT, *STATES["recorded"]]), daily=True, watches=WATCHES),
            "texts_delivered": Formula(
                _texts(STATES["delivered"]), _texts(SENT), _texts(STATES["recorded"]), daily=True, watches=WATCHES
            ),
            "greetings": Formula(_texts(STATES["delivered"], greeted), daily=True, watches=WATCHES),
        }

    @api.model
    def _get_greeting_triggers(self):
        """Extension point: triggers of the rules whose texts count as greetings (KPI): never holidays or weather."""
        return ()
