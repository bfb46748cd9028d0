from odoo import api, fields, models


class Anonymise(models.TransientModel):
    """What of a customer would be taken away, before it is."""

    _name = "dcrc.anonymise"
    _description = "Anonymize a Customer"

    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    preview = fields.Text("What Is Known", compute="_compute_preview")
    sure = fields.Boolean("I have checked who asks, and that no law wants it kept")

    @api.depends("partner_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.partner_id.check_access("read")
            rows_list = self.env["dcrc.privacy"]._rows(wizard.partner_id._origin)
            names = self.env["ir.model"]._get
            wizard.preview = "\n".join(f"{names(rows._name).name}: {len(rows)}" for rows in rows_list if rows)

    def action_anonymise(self):
        """Take everything personal away; figures stay."""
        self.ensure_one()
        self.partner_id._dcrc_check_privacy()
        if self.sure:
            self.env["dcrc.privacy"]._anonymise(self.partner_id)
        return {"type": "ir.actions.act_window_close"}
