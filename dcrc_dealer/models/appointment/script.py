from odoo import models


class Script(models.Model):
    _inherit = "dcrc.script"

    def _render_all(self, followup):
        """The papers to bring belong to what is said at the end (APT-3)."""
        parts = super()._render_all(followup)
        appointment = followup._get_appointment()
        papers = appointment and appointment.state != "no_show" and appointment.kind_id.papers
        if papers:
            text = self.env._("Papers to bring: %(papers)s", papers=papers)
            parts["reminder"] = "\n".join(filter(None, [parts.get("reminder"), text]))
        return parts
