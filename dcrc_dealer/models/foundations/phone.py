from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...tools.mask import mask_phone
from ...tools.phone import normalise_phone

PHONE_STATES = [
    ("unverified", "Not checked"),
    ("ok", "Right"),
    ("wrong", "Wrong number"),
    ("empty", "Not in service"),
    ("suspended", "Suspended"),
    ("transferred", "Reassigned"),
]
USABLE_STATES = ("unverified", "ok")
ORDER = ("sequence", "state")  # what decides which number is dialled


class Phone(models.Model):
    """A number of a customer, with what is known about it (handbook CUS-1).

    What is known belongs to the number: all customers of a dealer who have it share its state.
    """

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
    number = fields.Char(
        "Phone number", required=True, help="Stored as +86…; type it as you like.", dcrc_personal="number"
    )
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
    last_check = fields.Date("Last checked", readonly=True)
    note = fields.Char(dcrc_personal="words")

    _number_once = models.UniqueIndex("(partner_id, number)", "This customer already has that number.")
    _number_idx = models.Index("(number, company_id)")
    _tail_idx = models.Index("(company_id, reverse(number) text_pattern_ops)")

    @api.depends("number")
    def _compute_number_masked(self):
        for phone in self:
            phone.number_masked = mask_phone(phone.number)

    @api.model_create_multi
    def create(self, vals_list):
        phones = super().create([self._note_check(self._normalise_vals(vals)) for vals in vals_list])
        phones._dcrc_wait_for_first_place()
        phones._share_states([bool(vals.get("state")) for vals in vals_list])
        phones.partner_id._dcrc_sync_phone()
        return phones

    def write(self, vals):
        before = {phone: phone.number for phone in self} if "number" in vals else {}
        result = super().write(self._note_check(self._normalise_vals(vals)))
        changed = self.filtered(lambda phone: phone in before and phone.number != before[phone])
        changed.partner_id._dcrc_stamp_edits({"dcrc_phone_ids": None})
        if "state" in vals:
            self.filtered(lambda phone: phone.state == vals["state"])._spread_state()
        if not {"number", "state", "sequence"}.isdisjoint(vals):
            self.partner_id._dcrc_sync_phone()
        return result

    def unlink(self):
        partners = self.partner_id
        result = super().unlink()
        partners.exists()._dcrc_sync_phone()
        return result

    # -- four eyes (CUS-7) ---------------------------------------------------

    def _dcrc_key_fields(self):
        return ["number", "partner_id", *ORDER]

    def _dcrc_key_partner(self):
        return self.partner_id

    def _dcrc_is_guarded(self):
        return self.partner_id.dcrc_customer

    def _dcrc_changed_keys(self, keys, vals):
        """Order and state need the manager's word where another number would be dialled."""
        changed = super()._dcrc_changed_keys([name for name in keys if name not in ORDER], vals)
        order = {name: vals[name] for name in keys if name in ORDER and self._dcrc_raw(name) != vals[name]}
        if order and self._dcrc_is_guarded() and self._dcrc_moves_first(order):
            changed |= order.keys()
        return changed

    def _dcrc_moves_first(self, vals):
        """Whether another number, or none, would be the customer's first after writing `vals`."""
        phones = self.sudo().partner_id.dcrc_phone_ids
        first = phones._dcrc_first()
        return bool(first) and first != phones._dcrc_first({self.id: vals})

    def _dcrc_first(self, planned=None):
        """The number to dial among these: usable, in the order that people gave them.

        ``planned``: {id: values as they would be}.
        """

        def rank(phone):
            vals = (planned or {}).get(phone.id, {})
            state = vals.get("state", phone.state)
            return state not in USABLE_STATES, vals.get("sequence", phone.sequence), state != "ok", phone.id

        ranked = sorted((phone for phone in self if not rank(phone)[0]), key=rank)
        return ranked[0] if ranked else self.browse()

    def _dcrc_wait_for_first_place(self):
        """A new number goes behind those the customer has; the first place is proposed (CUS-7)."""
        if self._dcrc_may_change_keys():
            return
        for phone in self.filtered(lambda phone: phone._dcrc_is_guarded()):
            phones = phone.sudo().partner_id.dcrc_phone_ids
            known = phones - self
            if not known._dcrc_first() or (known + phone.sudo())._dcrc_first() != phone:
                continue
            wanted = phone.sequence
            last = max(known.mapped("sequence")) + 1
            phone.sudo().with_context(dcrc_direct_write=True).sequence = last
            phone._dcrc_propose({"sequence": min(wanted, min(known.mapped("sequence")) - 1)})

    def _dcrc_shown(self, name):
        shown = super()._dcrc_shown(name)
        return f"{shown} · {self.number}" if name in ORDER else shown

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

    def _note_check(self, vals):
        """Who says what a number is good for has checked it today."""
        if vals.get("state", "unverified") == "unverified" or "last_check" in vals:
            return vals
        return {**vals, "last_check": self.env.company._dcrc_today()}

    def _get_same_numbers(self):
        """These numbers as other customers of the same dealers have them."""
        found = self.browse()
        for company, phones in self.sudo().grouped("company_id").items():
            domain = [("company_id", "=", company.id), ("number", "in", phones.mapped("number"))]
            found |= self.sudo().search([*domain, ("id", "not in", phones.ids)])
        return found.with_env(self.env)

    def _share_states(self, known):
        """New lines of known numbers: what is known holds for them, or theirs for all.

        :param known: for each line whether its state was given with it.
        """
        others = self._get_same_numbers()
        if not others:
            return
        by_number = {(other.company_id, other.number): other for other in others.sorted("id", reverse=True)}
        for phone, given in zip(self, known, strict=True):
            source = phone if given else by_number.get((phone.company_id, phone.number))
            if source:
                source._spread_state()

    def _spread_state(self):
        """What is known of these numbers holds for everybody who has them; nobody's opinion, no proposal."""
        for phone in self:
            others = phone._get_same_numbers().filtered(lambda other, state=phone.state: other.state != state)
            if others:
                checked = {"state": phone.state, "last_check": phone.last_check}
                others.sudo().with_context(dcrc_direct_write=True).write(checked)

    @api.model
    def _adopt_states(self, ids):
        """Set-based: lines made by SQL take over what is known of their numbers."""
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_phone n SET state = o.state, last_check = o.last_check
                     FROM dcrc_phone o
                    WHERE n.id = ANY(%s) AND o.number = n.number AND o.company_id = n.company_id
                      AND o.id != ALL(%s) AND o.state != n.state""",
                ids,
                ids,
            )
        )
        self.browse(ids).invalidate_recordset(["state", "last_check"], flush=False)

    @api.model
    def _shared_by_many(self, company, numbers):
        """Return ``[(phone, owners)]`` of those numbers that so many customers of a dealer have that they
        are nobody's (see the gate's ``number_shared``): the line that stands longest for each.
        """
        self.flush_model(["number", "company_id", "partner_id"])
        found = self.env.execute_query(
            SQL(
                "SELECT MIN(id), COUNT(DISTINCT partner_id) FROM dcrc_phone WHERE company_id = %s"
                " AND number = ANY(%s) GROUP BY number HAVING COUNT(DISTINCT partner_id) >= %s ORDER BY 1",
                company.id,
                list(numbers),
                company.sudo().dcrc_number_owners,
            )
        )
        return [(self.browse(phone_id), owners) for phone_id, owners in found]

    def _mark(self, state):
        """Note what a call has shown about these numbers."""
        # What a call has shown is no opinion of the caller: the order may follow from it.
        phones = self.sudo().with_context(dcrc_direct_write=True)
        phones.write({"state": state, "last_check": self.env.company._dcrc_today()})
