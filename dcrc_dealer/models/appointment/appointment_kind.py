from odoo import api, fields, models

BAY_KINDS = [
    ("service", "Quick service"),
    ("repair", "Repair"),
    ("inspection", "Inspection lane"),
    ("body", "Body and paint"),
]


class AppointmentKind(models.Model):
    """A kind of work that customers make appointments for: how long, where, with which papers."""

    _name = "dcrc.appointment.kind"
    _description = "Kind of work"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer()
    duration = fields.Integer(
        "Takes (minutes)", required=True, default=60, help="Counted in quarters of an hour."
    )
    reception_minutes = fields.Integer(
        "Adviser needed for (minutes)",
        required=True,
        default=30,
        help="How long an adviser has time for nobody else; 0: no adviser needed.",
    )
    bay_kind = fields.Selection(BAY_KINDS, "Needs a bay", help="Empty: the work needs no bay.")
    max_parallel = fields.Integer(
        "At most at a time",
        help="So many of this kind at the same time, whatever is free; 0: no limit of its own.",
    )
    online = fields.Boolean("By the customer's link", default=True)
    papers = fields.Text("Papers to bring", translate=True, help="Said at the confirmation call (APT-3).")
    problem = fields.Char("Cannot be booked", compute="_compute_problem")

    _minutes_sane = models.Constraint(
        "CHECK (duration BETWEEN 15 AND 1440 AND reception_minutes >= 0"
        " AND reception_minutes <= duration AND max_parallel >= 0)",
        "Work takes between 15 minutes and a day, the adviser is needed for a part of it,"
        " and a limit cannot be negative.",
    )

    @api.depends("bay_kind", "duration", "reception_minutes", "company_id", "max_parallel")
    def _compute_problem(self):
        for kind in self:
            kind.problem = kind.company_id and kind._get_problem() or False

    def write(self, vals):
        result = super().write(vals)
        if vals.get("max_parallel"):
            for kind in self:
                self.env["dcrc.appointment.seat"]._check_capacity(kind, kind.max_parallel)
        return result

    def _get_problem(self):
        """Why nobody can book this kind at all, in words (empty when somebody can)."""
        self.ensure_one()
        resources = self._get_resources()
        if not self.sudo().company_id.dcrc_opening_id:
            return self.env._("The service has no opening hours yet.")
        if self.reception_minutes and not resources.filtered(lambda r: r.kind == "adviser" and r.capacity):
            return self.env._("No adviser takes this kind of work.")
        if self.bay_kind and not resources.filtered(lambda r: r.kind == "bay" and r.capacity):
            return self.env._("No bay can take this kind of work.")
        return ""

    def _get_resources(self):
        """Advisers and bays that can do this work, in order."""
        self.ensure_one()
        resources = self.env["dcrc.appointment.resource"].sudo().search(
            [("company_id", "=", self.company_id.id)]
        )
        return resources.filtered(lambda resource: resource._can_do(self))
