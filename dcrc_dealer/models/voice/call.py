from odoo import api, models


class Call(models.Model):
    _inherit = "dcrc.call"

    @api.model
    def _open_complaints(self, vals_list):
        """Write down what customers complained of in calls (FUP-7); return the complaints."""
        complaints = self.env["dcrc.complaint"]
        return complaints.create([complaints._prepare_from_call(vals) for vals in vals_list])
