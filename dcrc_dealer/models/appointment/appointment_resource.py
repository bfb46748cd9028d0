from odoo import api, fields, models

from .appointment_kind import BAY_KINDS


class AppointmentResource(models.Model):
    """An adviser or a bay, or a group of them that customers need not tell apart (APT-2)."""

    _name = "dcrc.appointment.resource"
    _description = "Adviser or bay"
    _inherit = ["dcrc.template.mixin", "dcrc.appointment.limit"]
    _order = "kind, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection([("adviser", "Service adviser"), ("bay", "Bay")], "Type", required=True, default="adviser")
    user_id = fields.Many2one("res.users", domain="[('share', '=', False)]")
    bay_kind = fields.Selection(BAY_KINDS, "Bay Type")
    kind_ids = fields.Many2many(
        "dcrc.appointment.kind",
        string="Only for",
        domain="[('company_id', '=', company_id), ('is_template', '=', False)]",
        check_company=True,
        help="Empty: all work that an adviser takes, or that this kind of bay is made for.",
    )
    capacity = fields.Integer(required=True, default=1, help="0: takes nothing new for now.")
    absence_ids = fields.One2many("dcrc.appointment.absence", "resource_id", "Not available")

    _capacity_sane = models.Constraint("CHECK (capacity BETWEEN 0 AND 99)", "Between 0 and 99 places at a time.")
    _bay_has_kind = models.Constraint("CHECK (kind != 'bay' OR bay_kind IS NOT NULL)", "Say what kind of bay this is.")

    def write(self, vals):
        """Lowering the capacity, or archiving, is refused while more is booked than would fit."""
        lowering = "capacity" in vals or vals.get("active") is False
        if lowering:
            self._lock_limit()
        result = super().write(vals)
        if lowering:
            for resource in self:
                limit = resource.capacity if resource.active else 0
                self.env["dcrc.appointment.seat"]._check_capacity(resource, limit)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        self._lock_limit()
        for resource in self:
            self.env["dcrc.appointment.seat"]._check_capacity(resource, 0)

    def _can_do(self, kind):
        """Whether this adviser or bay can take a kind of work."""
        self.ensure_one()
        if self.kind_ids and kind not in self.kind_ids:
            return False
        return self.kind == "adviser" or self.bay_kind == kind.bay_kind
