from odoo import api, fields, models


class SampleLine(models.Model):
    """One customer of a sample, and whether the file was right."""

    _name = "dcrc.sample.line"
    _description = "Customer of a sample"
    _order = "sample_id, place"
    _check_company_auto = True

    sample_id = fields.Many2one(
        "dcrc.sample", "Data Sample", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="sample_id.company_id", store=True, index=True, precompute=True, required=True)
    place = fields.Integer("No.", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True, ondelete="restrict", check_company=True
    )
    phone_masked = fields.Char("Phone", compute="_compute_phone_masked")
    plates = fields.Char("Cars", related="partner_id.dcrc_plates")
    verdict = fields.Selection(
        [("right", "All right"), ("wrong", "Something wrong"), ("unreachable", "Could not be verified")],
        help="Unreachable by the number on file counts as wrong.",
    )
    finding = fields.Char(help="What was wrong, and what is right.", dcrc_personal="words")
    verified_on = fields.Date(readonly=True)
    user_id = fields.Many2one("res.users", "Verified by", readonly=True)

    # By place, not by customer: two draws at once collide, merged customers do not.
    _place_once = models.UniqueIndex("(sample_id, place)", "This sample has just been drawn by somebody else.")

    @api.depends("partner_id")
    def _compute_phone_masked(self):
        for line in self:
            line.phone_masked = line.partner_id._dcrc_best_phone().number_masked

    @api.model_create_multi
    def create(self, vals_list):
        self.env["dcrc.sample"].browse([vals.get("sample_id") for vals in vals_list])._check_ours()
        return super().create(vals_list)

    def write(self, vals):
        self.sample_id._check_ours()
        if vals.get("verdict"):
            vals = {**vals, "verified_on": self.env.company._dcrc_today(), "user_id": self.env.uid}
        return super().write(vals)
