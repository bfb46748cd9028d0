from odoo import models


class ResUsers(models.Model):
    """Who is absent from today on leaves the open contacts to everybody at once."""

    _inherit = "res.users"

    def _dcrc_staff_changed(self, company):
        result = super()._dcrc_staff_changed(company)
        self.env.flush_all()
        self.env["dcrc.followup.planner"].sudo()._assign_contacts(company)
        return result
