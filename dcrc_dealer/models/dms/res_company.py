from odoo import api, fields, models


class ResCompany(models.Model):
    """A dealer's settings for lists of its DMS; every figure is a default to change."""

    _inherit = "res.company"

    dcrc_dms_last_import = fields.Datetime("Last DMS list", readonly=True, copy=False)
    dcrc_dms_limit_mb = fields.Integer(
        "Largest list (MB)", default=30, help="Larger files are refused before they are read."
    )
    dcrc_dms_max_mileage = fields.Integer(
        "Highest mileage (km)", default=1_000_000, help="A repair order with more is held back."
    )
    dcrc_dms_years = fields.Integer(
        "Oldest paper (years)",
        default=20,
        help="A delivery or repair order so much older than its list is held back: a day mistyped.",
    )
    dcrc_dms_brand_id = fields.Many2one(
        "fleet.vehicle.model.brand",
        "Brand of new models",
        help="Models that a list names and that are not known yet are created under this brand.",
    )
    dcrc_keep_lists_months = fields.Integer(
        "Files and rows of DMS lists (months)",
        default=24,
        help="The last row of each order stays: later lists are measured by it. 0: kept for good.",
    )
    dcrc_dms_user_id = fields.Many2one(
        "res.users",
        "User of the DMS",
        domain="[('company_ids', 'in', id)]",
        copy=False,
        help="What the DMS pushes with an API key of this user counts as the DMS's own word. A user for"
        " the DMS alone: nobody logs in with it. Lists pushed by others count as given by them.",
    )
    dcrc_rules_from = fields.Date(
        "Rules hold from",
        copy=False,
        help="Asked at the first import: what was due before is history, nobody is called about it.",
    )
    dcrc_spread_weeks = fields.Integer(
        "Spread the first calls over (weeks)",
        copy=False,
        help="Reminders that are due at once when the rules begin to hold are shared among so many weeks.",
    )
    dcrc_dms_folder = fields.Char(
        "Watched folder",
        groups="base.group_system",
        copy=False,
        help="Folder on the server; files in it are imported and moved to its folders “done” and “failed”.",
    )

    _dcrc_dms_figures_positive = models.Constraint(
        "CHECK (dcrc_dms_limit_mb > 0 AND dcrc_dms_max_mileage > 0 AND dcrc_dms_years BETWEEN 1 AND 40)",
        "The limits for DMS lists must be positive, and no paper is older than 40 years.",
    )

    _dcrc_spread_sane = models.Constraint(
        "CHECK (COALESCE(dcrc_spread_weeks, 0) BETWEEN 0 AND 52)", "The first calls are spread over a year at most."
    )

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.dms.word"]
