from odoo import api, fields, models


class ResCompany(models.Model):
    """What a dealer can set about complaints (CMP-3, CMP-5, CMP-7)."""

    _inherit = "res.company"

    dcrc_grant_specialist = fields.Float(
        "Specialists grant up to", default=200.0, digits=(12, 2), help="Compensation of a complaint, without approval."
    )
    dcrc_grant_manager = fields.Float("Managers grant up to", default=2000.0, digits=(12, 2))
    dcrc_grant_budget = fields.Float(
        "Managers' budget a month", default=10000.0, digits=(12, 2), help="What managers may grant in a month in all."
    )
    dcrc_climb_round = fields.Integer(
        "Level climbs from round",
        default=2,
        help="A complaint whose customer was not satisfied goes one level up when this round begins, and with every"
        " round after it. 0: never by itself.",
    )
    dcrc_region_email = fields.Char("E-mail of the manufacturer's regional manager")
    dcrc_headquarters_email = fields.Char("E-mail of the manufacturer's headquarters")
    dcrc_complaint_target = fields.Float("Target of handled complaints (%)", default=100.0, digits=(5, 1))

    _dcrc_complaint_figures_sane = models.Constraint(
        "CHECK (dcrc_grant_specialist >= 0 AND dcrc_grant_manager >= dcrc_grant_specialist AND dcrc_grant_budget >= 0"
        " AND dcrc_climb_round >= 0)",
        "Limits of compensation cannot be negative, and a manager's is at least a specialist's.",
    )

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.complaint.item"]
