from odoo import models


class ServiceVisit(models.Model):
    """The planner finds visits that came or changed since its last run."""

    _inherit = "dcrc.service.visit"

    _followup_written_idx = models.Index("(company_id, write_date)")
