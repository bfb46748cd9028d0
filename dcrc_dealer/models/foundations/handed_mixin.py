"""A matter of a customer with a number, a department and a limit of time."""

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.phone import show_phone

TOLD_SINGLY = 5  # more at a time come in one message


class HandedMixin(models.AbstractModel):
    """A matter of a customer that the center hands to a department.

    Choosing the department *is* handing over: whoever is responsible there is
    told and, with the department's members, sees the record from then on.
    Department contacts answer in the fields of `_department_fields`, nowhere else.
    """

    _name = "dcrc.handed.mixin"
    _description = "Department Hand-over"
    _inherit = ["mail.thread", "dcrc.reveal.mixin", "dcrc.clock.mixin", "dcrc.case.mixin", "dcrc.matter.mixin"]

    # Computed, not related: nothing to search, group or order by.
    customer_phone = fields.Char(
        "Customer's Phone",
        compute="_compute_customer_phone",
        groups="dcrc_dealer.group_dcrc_reader",
        dcrc_personal="number",
    )
    vehicle_name = fields.Char(related="vehicle_id.display_name", string="Car's Name")
    date = fields.Datetime("Received", default=fields.Datetime.now, required=True, dcrc_once=True)
    user_id = fields.Many2one(
        "res.users", "Taken By", default=lambda self: self.env.user, required=True, readonly=True, tracking=True
    )
    department_id = fields.Many2one(
        "dcrc.department",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        group_expand="_group_expand_department",
        domain="[('company_id', '=', company_id)]",
        help="Choose it to hand the matter over: its responsible person is told at once.",
    )
    responsible_id = fields.Many2one(related="department_id.responsible_id")
    handed_on = fields.Datetime(readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", readonly=True, copy=False)
    is_centre = fields.Boolean("For Center Staff", compute="_compute_is_centre")
    age_days = fields.Integer("Days Open", compute="_compute_age_days", help="Days since it was taken, until closed.")

    @api.depends("date", "closed_on")
    def _compute_age_days(self):
        for record in self:
            local = record.company_id._dcrc_to_local
            end = record.closed_on or fields.Datetime.now()
            record.age_days = (local(end).date() - local(record.date or end).date()).days

    @api.depends("partner_id")
    def _compute_customer_phone(self):
        for record in self:
            record.customer_phone = show_phone(record.partner_id._dcrc_best_phone().number) or False

    @api.depends_context("uid")
    def _compute_is_centre(self):
        self.is_centre = self.env.user.has_group("dcrc_dealer.group_dcrc_user")

    @api.model
    def _group_expand_department(self, departments, domain):
        """Show every department as a column, so that a card can be dropped on it."""
        return departments.search([("company_id", "in", self.env.companies.ids)])

    # -- ORM -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_create(dict(vals)) for vals in vals_list]
        records = super().create(vals_list)
        records.filtered("department_id")._tell_department()
        return records

    def write(self, vals):
        self._check_open(vals)
        self._check_department_fields(vals)
        moved = self.browse()
        if vals.get("department_id"):
            moved = self.filtered(lambda r: r.department_id.id != vals["department_id"])
            vals = {**vals, "handed_on": fields.Datetime.now()}
        result = super().write(vals)
        moved._tell_department()
        return result

    def _prepare_create(self, vals):
        company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
        vals.update(company_id=company.id)
        if vals.get("name", "/") == "/":
            vals["name"] = self._next_number(company)
        if vals.get("department_id"):
            vals["handed_on"] = fields.Datetime.now()
        return vals

    def _check_open(self, vals):
        """What came of a closed matter stays as it was written down."""
        closed = self.filtered("closed_on") if vals and not self.env.su else self.browse()
        if closed:
            raise UserError(self.env._("%(number)s is closed: nothing in it changes any more.", number=closed[0].name))

    def _department_fields(self):
        """Return the names of the fields that a department contact may fill in."""
        return set()

    def _check_department_fields(self, vals):
        if self.env.su or self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            return
        if not self._department_fields().issuperset(vals):
            raise AccessError(self.env._("Only the customer center changes this. Write your answer instead."))

    def _mail_get_partner_fields(self, introspect_fields=False):
        """Nobody: what the house says about a matter is never sent to the customer."""
        return []

    # -- business ------------------------------------------------------------

    def _check_centre(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("This is decided by the customer center."))

    def _tell_department(self):
        """Tell the department's responsible person; silent where nobody is named."""
        for department, records in self.grouped("department_id").items():
            partner = department.sudo().responsible_id.partner_id
            if not partner:
                continue
            if len(records) > TOLD_SINGLY:
                records._tell_at_once(department, partner)
                continue
            for record in records:
                record.message_post(
                    body=record._handed_text(),
                    partner_ids=partner.ids,
                    message_type="notification",
                    subtype_xmlid="mail.mt_note",
                )

    def _tell_at_once(self, department, partner):
        """One message for many: planning may find a hundred customers without a number."""
        subject = self.env._(
            "%(count)s × %(what)s handed to %(department)s",
            count=len(self),
            what=self.env["ir.model"]._get(self._name).name,
            department=department.display_name,
        )
        body = Markup("<p>%s</p>") % ", ".join(self.mapped("name"))
        self.env["mail.thread"].message_notify(partner_ids=partner.ids, subject=subject, body=body)

    def _handed_text(self):
        """Return the note for the department: never with a telephone number in it."""
        return Markup("<p>%s</p>") % self.env._(
            "%(number)s of %(customer)s was handed to %(department)s.",
            number=self.name,
            customer=self.partner_id.sudo().display_name,
            department=self.department_id.display_name,
        )
