from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# a person's role is the first of these that the groups give
ROLES = [
    ("manager", "Manager"),
    ("user", "Specialist"),
    ("director", "General Manager"),
    ("auditor", "Headquarters"),
    ("department", "Department Contact"),
]


class ResUsers(models.Model):
    """People of a dealer as the center sees them: role, share of customers, absence (CUS-5).

    Written by `dcrc.staff.edit` alone, besides the administrator; each change stands in `dcrc.staff.log`.
    """

    _inherit = "res.users"

    dcrc_weight = fields.Float(
        "Share of customers",
        default=1.0,
        help="Ability or working time when customers are shared out: 1 is a full share,"
        " 0.5 half of it, 0 none (handbook CUS-5).",
    )
    dcrc_absent_from = fields.Date("Absent from", groups="dcrc_dealer.group_dcrc_reader")
    dcrc_absent_to = fields.Date("Absent to", groups="dcrc_dealer.group_dcrc_reader", help="The last day away.")
    dcrc_role = fields.Selection(ROLES, "Role in the Center", compute="_compute_dcrc_role", search="_search_dcrc_role")
    dcrc_customer_count = fields.Integer("Customers", compute="_compute_dcrc_customer_count")

    dcrc_writes_contacts = fields.Boolean(
        "Writes any contact",
        compute="_compute_dcrc_writes_contacts",
        compute_sudo=True,
        help="By another group than the customer center's; who has only these writes customers alone.",
    )

    _dcrc_weight_positive = models.Constraint("CHECK (dcrc_weight >= 0)", "The share of customers cannot be negative.")
    _dcrc_absence_ordered = models.Constraint(
        "CHECK (dcrc_absent_to IS NULL OR dcrc_absent_from IS NULL OR dcrc_absent_to >= dcrc_absent_from)",
        "The last day of an absence cannot lie before its first.",
    )

    @api.depends("all_group_ids")
    def _compute_dcrc_writes_contacts(self):
        """Whether Odoo's own groups let a user write contacts: then our rules take nothing away."""
        ours = self.env.ref("dcrc_dealer.privilege_dcrc").group_ids
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", "res.partner"), ("perm_write", "=", True), ("group_id", "not in", ours.ids)]
        )
        for user in self:
            user.dcrc_writes_contacts = bool(rights.group_id & user.all_group_ids)

    @api.depends("group_ids")
    def _compute_dcrc_role(self):
        groups = {role: self.env.ref(f"dcrc_dealer.group_dcrc_{role}") for role, _label in ROLES}
        for user in self.sudo():
            held = user.all_group_ids
            user.dcrc_role = next((role for role, group in groups.items() if group in held), False)

    @api.model
    def _search_dcrc_role(self, operator, value):
        if operator != "in":
            return NotImplemented
        everybody = self.sudo().with_context(active_test=False)
        found, seen = [], Domain.FALSE
        for role, _label in ROLES:
            group = self.env.ref(f"dcrc_dealer.group_dcrc_{role}")
            # by id: “not in” a group asks for another group
            held = Domain("id", "in", everybody._search([("all_group_ids", "in", group.ids)]))
            if role in value:
                found.append(held & ~seen)
            seen |= held
        if False in value:
            found.append(~seen)
        return Domain.OR(found)

    @api.depends_context("company")
    def _compute_dcrc_customer_count(self):
        held = self.env["res.partner"]._dcrc_load(self.env.company, self._origin)
        for user in self:
            user.dcrc_customer_count = held.get(user._origin.id, 0)

    def _dcrc_present(self, day):
        """Those of these users who aren't absent on `day`."""
        return self.filtered(lambda user: not user.sudo()._dcrc_is_absent(day))

    def _dcrc_is_absent(self, day):
        self.ensure_one()
        return bool(self.dcrc_absent_from and self.dcrc_absent_from <= day) and day <= (self.dcrc_absent_to or day)

    @api.model
    def _dcrc_absent_on(self, day, alias="u"):
        """SQL condition: the user of table `alias` is absent on `day`."""
        begins, ends = SQL.identifier(alias, "dcrc_absent_from"), SQL.identifier(alias, "dcrc_absent_to")
        return SQL("(%s <= %s AND COALESCE(%s, %s) >= %s)", begins, day, ends, day, day)

    def _dcrc_staff_changed(self, company):
        """Hook: role, share or absence of these people of `company` changed."""

    def _dcrc_here(self, company):
        """Those of these users who work at a dealer now."""
        return self.sudo().filtered(lambda user: user.active and company in user.company_ids).sudo(self.env.su)
