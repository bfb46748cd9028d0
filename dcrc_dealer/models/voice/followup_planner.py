from odoo import models

from .complaint_callback import TRIGGER


class FollowupPlanner(models.AbstractModel):
    _inherit = "dcrc.followup.planner"

    def _plan_rules(self, rules, company, today, until):
        """Callbacks that were planned, at once or by night, stand on their complaints."""
        rows, planned = super()._plan_rules(rules, company, today, until)
        callbacks = set(planned.filtered(lambda rule: rule.trigger == TRIGGER).ids)
        made = [row[0] for row in rows if row[3] in callbacks]
        self.env["dcrc.complaint"]._link_callbacks(made)
        return rows, planned
