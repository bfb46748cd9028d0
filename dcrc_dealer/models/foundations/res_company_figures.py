from odoo import fields, models


class ResCompany(models.Model):
    """What a dealer can set about figures."""

    _inherit = "res.company"

    dcrc_rate_minimum = fields.Integer(
        "Rates from (cases)", default=5, help="A rate of fewer cases says nothing: it reads “–”."
    )

    dcrc_file_days = fields.Integer(
        "File there within (days)",
        default=2,
        help="Of the delivery or the first visit; the share of files in time is a figure (CUS-6).",
    )

    _dcrc_file_days_sane = models.Constraint(
        "CHECK (dcrc_file_days >= 0)", "A file cannot be there before its customer was."
    )

    def write(self, vals):
        """In another zone what happened is of other days: all facts by day are made anew."""
        moved = (
            self.filtered(lambda company: company.dcrc_tz != vals["dcrc_tz"]) if "dcrc_tz" in vals else self.browse()
        )
        result = super().write(vals)
        if moved:
            for measure in self.env["dcrc.measure"]._find():
                self.env["dcrc.measure.mark"]._mark_rebuild(measure, moved)
        return result

    def _dcrc_rate(self, part, whole):
        """A rate in percent, None when it is of fewer cases than the dealer wants (or of none)."""
        return 100.0 * part / whole if whole and whole >= self.dcrc_rate_minimum else None
