from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools.mask import mask_phone
from ...tools.phone import normalise_phone

PHONE_STATES = [
    ("unverified", "Not checked"),
    ("ok", "Right"),
    ("wrong", "Wrong number"),
    ("empty", "Not in service"),
    ("suspended", "Suspended"),
    ("transferred", "Of another person now"),
]
USABLE_STATES = ("unverified", "ok")


class Phone(models.Model):
    """A number of a customer, with what is known about it (handbook CUS-1)."""

    _name = "dcrc.phone"
    _description = "Phone number of a customer"
    _inherit = ["dcrc.key.field.mixin"]
    _order = "sequence, id"
    _rec_name = "number"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="partner_id.company_id", store=True, index=True, precompute=True, required=True
    )
    sequence = fields.Integer(default=10)
    number = fields.Char("Phone number", required=True, help="Stored as +86…; type it as you like.")
    number_masked = fields.Char("Number (hidden)", compute="_compute_number_masked")
    role = fields.Selection(
        [
            ("mobile", "Mobile"),
            ("landline", "Landline"),
            ("work", "At work"),
            ("family", "Of the family"),
            ("other", "Other"),
        ],
        required=True,
        default="mobile",
    )
    state = fields.Selection(PHONE_STATES, required=True, default="unverified")
    last_check = fields.Date("Last checked")
    note = fields.Char()

    _number_once = models.UniqueIndex("(partner_id, number)", "This customer already has that number.")
    _number_idx = models.Index("(number, company_id)")

    @api.depends("number")
    def _compute_number_masked(self):
        for phone in self:
            phone.number_masked = mask_phone(phone.number)

    @api.model_create_multi
    def create(self, vals_list):
        phones = super().create([self._normalise_vals(vals) for vals in vals_list])
        phones.partner_id._dcrc_sync_phone()
        return phones

    def write(self, vals):
        before = {phone: phone.number for phone in self} if "number" in vals else {}
        result = super().write(self._normalise_vals(vals))
        changed = self.filtered(lambda phone: phone in before and phone.number != before[phone])
        changed.partner_id._dcrc_stamp_edits({"dcrc_phone_ids": None})
        if not {"number", "state", "sequence"}.isdisjoint(vals):
            self.partner_id._dcrc_sync_phone()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners.exists()._dcrc_sync_phone()
        return result

    def _dcrc_key_fields(self):
        return ["number"]

    def _dcrc_key_partner(self):
        return self.partner_id

    def _normalise_vals(self, vals):
        if not vals.get("number"):
            return vals
        number, _kind, error = normalise_phone(vals["number"])
        if error:
            raise ValidationError(
                self.env._(
                    "“%(number)s” is not a phone number that can be dialled. A mobile number in"
                    " China has 11 digits; a landline starts with its area code.",
                    number=vals["number"],
                )
            )
        return {**vals, "number": number}

    def _mark(self, state):
        """Note what a call has shown about these numbers."""
        today = self.env.company._dcrc_today()
        self.write({"state": state, "last_check": today})
