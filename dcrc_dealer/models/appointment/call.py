from odoo import models
from odoo.exceptions import UserError


class Call(models.Model):
    """A call about a kept place ends with an answer to it."""

    _inherit = "dcrc.call"

    def _decide(self, outcome, values):
        """Take, pass on or give up the place that is kept for the customer on the line.

        ``values["decisions"]``: ``{followup id: "take", "wait" or "leave"}``.
        """
        result = super()._decide(outcome, values)
        decisions = {int(key): value for key, value in (values.get("decisions") or {}).items()}
        for followup in self.contact_id.followup_ids:
            appointment = followup._get_open_offer()
            if not appointment or outcome.asks_callback or not outcome.reached:
                continue
            decision = decisions.get(followup.id)
            if not decision and outcome.effective:
                raise UserError(
                    self.env._(
                        "Does the customer take the place on %(time)s, wait on, or need none any more?",
                        time=appointment._format_moment(appointment.offered_start),
                    )
                )
            appointment._answer_offer(decision or "wait")
        return result
