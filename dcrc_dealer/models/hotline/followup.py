from odoo import models


class Followup(models.Model):
    """What came of a promised call goes back to its record."""

    _inherit = "dcrc.followup"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in ("done", "failed", "missed", "cancelled"):
            self._get_hotline()._settle()
        return result

    def _get_hotline(self):
        """The hotline records that these follow-ups are about."""
        sources = self.filtered(lambda f: f.source_model == "dcrc.hotline").mapped("source_id")
        return self.env["dcrc.hotline"].sudo().browse(sources).exists()

    def _get_source_label(self):
        """What the caller wanted, in the first words of the record."""
        record = self._get_hotline()
        words = (record.text or "").strip().splitlines()[:1]
        return words[0][:80] if words else super()._get_source_label()

    def _get_placeholders(self):
        values = super()._get_placeholders()
        record = self._get_hotline()
        if record:
            values["item"] = dict(record._fields["purpose"]._description_selection(self.env))[record.purpose]
        return values
