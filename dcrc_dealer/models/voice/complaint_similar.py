from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

MONTHS = 12
SHOWN = 10


class Complaint(models.Model):
    """What is known already while a complaint is written: the same customer, the same car, the same cause."""

    _inherit = "dcrc.complaint"

    similar_ids = fields.Many2many(
        "dcrc.complaint",
        string="Related Complaints",
        compute="_compute_similar",
        groups="dcrc_dealer.group_dcrc_reader",
        help="Of the same customer or car, within twelve months.",
    )
    similar_note = fields.Char(compute="_compute_similar", groups="dcrc_dealer.group_dcrc_reader")

    @api.depends("partner_id", "vehicle_id", "cause_id", "company_id")
    @api.depends_context("lang")
    def _compute_similar(self):
        for complaint in self:
            since = fields.Datetime.now() - relativedelta(months=MONTHS)
            recent = Domain("company_id", "=", complaint.company_id.id) & Domain("date", ">=", since)
            recent &= Domain("id", "!=", complaint._origin.id)
            person = recent & Domain("partner_id", "=", complaint.partner_id.id or 0)
            car = recent & Domain("vehicle_id", "=", complaint.vehicle_id.id or 0)
            cause = recent & Domain("cause_id", "=", complaint.cause_id.id or 0)
            complaint.similar_ids = self.search(person | car, limit=SHOWN, order="date desc, id desc")
            complaint.similar_note = complaint._get_similar_note(*map(self.search_count, (person, car, cause)))

    def _get_similar_note(self, person, car, cause):
        """In words: how often before."""
        parts = [
            person and self.env._("customer complained before: %(count)s", count=person),
            car and self.env._("same car: %(count)s", count=car),
            cause and self.env._("same cause: %(count)s", count=cause),
        ]
        return " · ".join(filter(None, parts)) or False
