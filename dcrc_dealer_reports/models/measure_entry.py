from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .measure import ENTERED


class MeasureEntry(models.Model):
    """A figure of a month that the system can't know, entered by the general manager (KPI)."""

    _name = "dcrc.measure.entry"
    _description = "Entered Figure"
    _inherit = ["mail.thread"]
    _order = "month desc, measure_id"
    _rec_name = "measure_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    measure_id = fields.Many2one(
        "dcrc.measure",
        required=True,
        index=True,
        ondelete="restrict",
        domain=lambda self: [("code", "in", list(ENTERED))],
    )
    month = fields.Date(
        required=True, default=lambda self: self.env.company._dcrc_today().replace(day=1), help="Any day of the month."
    )
    value = fields.Float(required=True, tracking=True, digits=(12, 2))
    unit = fields.Selection(related="measure_id.unit")
    note = fields.Char(help="Where the figure comes from.")
    user_id = fields.Many2one("res.users", "Entered by", readonly=True)
    entered_on = fields.Datetime("Entered on", readonly=True)

    _once = models.UniqueIndex("(company_id, measure_id, month)", "This figure is entered for that month already.")

    @api.constrains("measure_id")
    def _check_measure(self):
        for entry in self:
            if entry.measure_id.code not in ENTERED:
                raise ValidationError(self.env._("“%(name)s” is counted, not entered.", name=entry.measure_id.name))

    @api.constrains("value")
    def _check_value(self):
        if any(entry.value < 0 or entry.value > 1000000 for entry in self):
            raise ValidationError(self.env._("This value cannot be right."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._prepare_entry(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._prepare_entry(vals) if {"value", "month", "measure_id"} & set(vals) else vals)

    def _prepare_entry(self, vals):
        """Values with who entered them when, of the first day of their month."""
        month = fields.Date.to_date(vals["month"]) if vals.get("month") else None
        months = {"month": month.replace(day=1)} if month else {}
        return {**vals, **months, "user_id": self.env.uid, "entered_on": fields.Datetime.now()}
