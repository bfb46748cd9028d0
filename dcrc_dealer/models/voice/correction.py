"""Corrections of the customer file (COR-1, COR-2)."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from ...tools.mask import mask_phone
from ...tools.phone import normalise_phone
from ...tools.plate import check_plate

OPEN_STATES = ("open", "proposed")


class Correction(models.Model):
    """A wrong item of the file, until its right value stands there.

    open → (department or caller finds the value) → proposed → (another person of
    the center confirms it) → verified. Confirmed wrong with no new value to be
    had: closed without one. While one is open nobody dials the wrong number.
    """

    _name = "dcrc.correction"
    _description = "Correction of the File"
    _inherit = ["dcrc.handed.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _number_prefix = "K%(y)s-"
    _moves = {
        "open": ("proposed", "closed_unresolved"),
        "proposed": ("proposed", "open", "verified", "closed_unresolved"),
    }
    _stamps = {"verified": ("closed_on", "closed_by"), "closed_unresolved": ("closed_on", "closed_by")}

    # What is wrong
    item = fields.Selection(
        [
            ("phone", "Phone number"),
            ("name", "Person's Name"),
            ("plate", "License plate"),
            ("owner", "Owner of the car"),
            ("other", "Something else"),
        ],
        required=True,
        default="phone",
        tracking=True,
    )
    phone_id = fields.Many2one(
        "dcrc.phone",
        "Wrong Number",
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        domain="[('partner_id', '=', partner_id)]",
        groups="dcrc_dealer.group_dcrc_reader",
    )
    wrong_value = fields.Char(
        "Value in the File", groups="dcrc_dealer.group_dcrc_reader", copy=False, dcrc_personal="number"
    )
    wrong_shown = fields.Char("Wrong Value", compute="_compute_wrong_shown", compute_sudo=True)
    source = fields.Selection(
        [("dms", "DMS list"), ("call", "Call"), ("desk", "Customer at the desk"), ("manual", "Found otherwise")],
        required=True,
        default="manual",
        readonly=True,
    )
    call_id = fields.Many2one("dcrc.call", readonly=True, index="btree_not_null", check_company=True)
    note = fields.Char(help="What the caller or the list said about it.", dcrc_personal="words")
    repeat = fields.Boolean(
        "Wrong Again", readonly=True, copy=False, help="This customer's file was found wrong before (COR-2)."
    )

    # What is right
    new_value = fields.Char(copy=False, help="The right value. It is not in the file yet.", dcrc_personal="number")
    new_partner_id = fields.Many2one(
        "res.partner",
        "New Owner",
        copy=False,
        check_company=True,
        domain="[('dcrc_customer', '=', True), ('company_id', '=', company_id)]",
    )
    answer = fields.Text("Department's Answer", dcrc_personal="words")
    proposed_by = fields.Many2one("res.users", readonly=True, copy=False)
    proposed_on = fields.Datetime(readonly=True, copy=False)
    proposer_ids = fields.Many2many(
        "res.users",
        string="Had a Part in the Value",
        readonly=True,
        copy=False,
        help="Who found, changed or handed in the value that waits now: none of them confirms it.",
    )
    state = fields.Selection(
        [
            ("open", "With the department"),
            ("proposed", "To confirm"),
            ("verified", "Confirmed"),
            ("closed_unresolved", "No new value"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        help="With the department: the right value is being looked for.\n"
        "To confirm: a value was found, another person of the center checks it.\n"
        "Confirmed: the right value stands in the file.\n"
        "No new value: it is wrong, and nobody knows better.",
    )

    _one_open = models.UniqueIndex(
        "(partner_id, item, COALESCE(phone_id, 0),"
        " (CASE WHEN item IN ('plate', 'owner') THEN COALESCE(vehicle_id, 0) ELSE 0 END))"
        " WHERE state IN ('open', 'proposed')",
        "This item is being corrected already.",
    )
    _number_once = models.UniqueIndex("(company_id, name) WHERE name <> '/'", "This number is taken.")
    _list_idx = models.Index("(company_id, date DESC, id DESC)")
    _open_idx = models.Index("(company_id, state) WHERE state IN ('open', 'proposed')")

    @api.depends("item", "wrong_value")
    def _compute_wrong_shown(self):
        for correction in self:
            value = correction.wrong_value
            correction.wrong_shown = mask_phone(value) if correction.item == "phone" else value

    # -- checks --------------------------------------------------------------

    @api.constrains("item", "new_value")
    def _check_new_value(self):
        for correction in self.filtered("new_value"):
            if correction.item == "phone" and normalise_phone(correction.new_value)[2]:
                message = self.env._("“%(value)s” is no phone number.", value=correction.new_value)
                raise ValidationError(message)
            if correction.item == "plate" and check_plate(correction.new_value)[2]:
                message = self.env._("“%(value)s” is no license plate.", value=correction.new_value)
                raise ValidationError(message)

    @api.constrains("phone_id", "partner_id")
    def _check_phone(self):
        for correction in self.sudo().filtered("phone_id"):
            if correction.phone_id.partner_id != correction.partner_id:
                raise ValidationError(self.env._("This number belongs to another customer."))

    # -- ORM -----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        corrections = super().create(vals_list)
        corrections._flag_repeats()
        corrections._stop_dialling()
        proposed = corrections.filtered(lambda c: c.new_value or c.new_partner_id)
        proposed._note_proposer()
        proposed.action_propose()
        return corrections

    def _prepare_create(self, vals):
        phone = self.env["dcrc.phone"].browse(vals.get("phone_id"))
        if vals.get("item", "phone") == "phone" and phone:
            vals["wrong_value"] = vals.get("wrong_value") or phone.number
        return super()._prepare_create(vals)

    def _department_fields(self):
        return {"new_value", "answer"}

    def _tell_department(self):
        # A list may bring hundreds: the department finds them on its own page.
        return super(Correction, self.filtered(lambda c: c.source != "dms"))._tell_department()

    def _dcrc_revealed_number(self):
        wrong = self.item == "phone" and (self.wrong_value or self.phone_id.number)
        return wrong or super()._dcrc_revealed_number()

    # -- actions -------------------------------------------------------------

    def action_propose(self):
        """Hand the value that was found to the center for confirmation."""
        self._check_move("proposed")
        for correction in self:
            if not (correction.new_value or correction.sudo().new_partner_id or correction.answer):
                raise UserError(self.env._("Write the right value first."))
        self.sudo().write({"state": "proposed"})
        self._note_proposer()

    def action_send_back(self):
        """The value found is wrong too: the department looks again."""
        self._check_centre()
        self._check_move("open")
        emptied = {"new_value": False, "new_partner_id": False, "proposer_ids": [Command.clear()]}
        self.sudo().write({"state": "open", **emptied})
        self._tell_department()

    def action_verify(self):
        """Confirm the new value: it goes into the file (COR-1)."""
        self._check_centre()
        self._check_move("verified")
        self._check_other_person()
        self._check_exit_person()
        for correction in self:
            people = (correction._get_finder().id, self.env.uid)
            getattr(correction.with_context(dcrc_exit_people=people), f"_apply_{correction.item}")()
        self._finish("verified")

    def action_close_unresolved(self):
        """Confirmed wrong, and no new value is to be had."""
        self._check_centre()
        self._check_move("closed_unresolved")
        self._check_exit_person()
        without_owner = self.filtered(lambda c: c.item == "owner" and c.vehicle_id)
        without_owner._check_other_person(opened=True)
        for correction in without_owner:
            people = (correction._get_finder().id, self.env.uid)
            correction.with_context(dcrc_exit_people=people)._set_owner(self.env["res.partner"])
        self._finish("closed_unresolved")

    # -- business ------------------------------------------------------------

    @api.model
    def _domains(self):
        """Named lists of the room; tiles, menus and filters use only these."""
        return {
            "open": Domain("state", "in", OPEN_STATES),
            "to_confirm": Domain("state", "=", "proposed"),
            "with_department": Domain("state", "=", "open"),
        }

    @api.model
    def _get_clocks(self):
        """COR-2: cleared daily."""
        return {**super()._get_clocks(), "correction": self._domains()["open"]}

    @api.model
    def _open_key(self, vals):
        """Return what makes an open correction the same as another (as `_one_open`)."""
        car = vals.get("vehicle_id") if vals["item"] in ("plate", "owner") else None
        return vals["partner_id"], vals["item"], vals.get("phone_id") or 0, car or 0

    def _key_vals(self):
        self.ensure_one()
        return {
            "partner_id": self.partner_id.id,
            "item": self.item,
            "phone_id": self.phone_id.id,
            "vehicle_id": self.vehicle_id.id,
        }

    def _check_other_person(self, opened=False):
        """CUS-7: below manager, nobody confirms a value of the own (``opened``: nor what they opened)."""
        if self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            return
        corrections = self.sudo()
        if opened and self.env.user in corrections.create_uid | corrections.user_id:
            raise UserError(self.env._("You opened this yourself: a colleague or the manager takes the owner off."))
        if self.env.user in corrections.proposed_by | corrections.proposer_ids:
            raise UserError(self.env._("You found this value yourself: a colleague or the manager confirms it."))

    def _check_exit_person(self):
        """What takes a call out of the success rate is confirmed by somebody else, managers included (COR-1)."""
        for correction in self:
            if self.env.user == correction._get_finder() and correction._was_wrong() and correction._get_waiting():
                raise UserError(
                    self.env._(
                        "%(number)s: you found this yourself, and a call leaves the success rate with it:"
                        " somebody else confirms.",
                        number=correction.name,
                    )
                )
