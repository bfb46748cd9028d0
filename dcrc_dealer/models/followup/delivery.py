from odoo import models


class Delivery(models.Model):
    """The planner finds deliveries that came or changed since its last run."""

    _inherit = "dcrc.delivery"

    _followup_written_idx = models.Index("(company_id, write_date)")
