import unicodedata
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.phone import normalise_phone

SHOWN = 6  # customers; more than that says: type more
TRIES = 60  # searches of one person within an hour


class CorrectionDesk(models.TransientModel):
    """A customer at the desk says that something has changed (COR-3): found by plate or number, told in a few words.

    Service and sales see no file: what they find is masked, and what they tell waits for the center's word.
    """

    _name = "dcrc.correction.desk"
    _description = "Change Told at the Desk"

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, readonly=True, default=lambda self: self.env.company
    )
    text = fields.Char(
        "Plate or Number", help="At least four signs of the end: of the plate, the telephone number or the VIN."
    )
    tries = fields.Integer(readonly=True)
    hint = fields.Char(readonly=True)
    line_ids = fields.One2many("dcrc.correction.desk.line", "desk_id", "Found", readonly=True)
    line_id = fields.Many2one("dcrc.correction.desk.line", "Chosen", readonly=True)
    chosen = fields.Char("Customer", compute="_compute_chosen")
    numbers = fields.Char("Numbers in the File", compute="_compute_chosen")
    # what has changed
    item = fields.Selection(
        lambda self: self.env["dcrc.correction"]._fields["item"]._description_selection(self.env),
        "What Has Changed?",
        default="phone",
        required=True,
    )
    wrong_tail = fields.Char(
        "End of the Wrong Number", help="Its last four digits. Empty: no number of the file is wrong, one is missing."
    )
    new_value = fields.Char("What Is Right", help="Empty when the customer could not say it.")
    note = fields.Char("In the Customer's Words")

    @api.depends("line_id")
    def _compute_chosen(self):
        for desk in self:
            line = desk.line_id
            desk.chosen = " ".join(filter(None, (line.name, line.car)))
            desk.numbers = line.numbers

    def action_find(self):
        """Look for customers of the own dealer; what is shown of them is masked."""
        self.ensure_one()
        self._check_tries()
        text = unicodedata.normalize("NFKC", self.text or "").strip()
        console = self.env["dcrc.console"].sudo().with_company(self.company_id)
        partners = console._find_partners(text, by_name=False)
        hint = False
        if not partners:
            hint = self.env._("Nobody found: type at least four signs of the end of the plate or number.")
        elif len(partners) > SHOWN:
            partners, hint = partners.browse(), self.env._("Too many: type more of the plate or number.")
        lines = [values for partner in partners for values in self.env[self.line_ids._name]._prepare_lines(partner)]
        commands = [Command.clear(), *map(Command.create, lines)]
        self._dcrc_step({"line_id": False, "hint": hint, "tries": self.tries + 1, "line_ids": commands})
        if len(self.line_ids) == 1:
            self.line_ids._choose()
        return self._show()

    def action_send(self):
        """Open the correction: the center confirms what was told."""
        self.ensure_one()
        self.check_access("write")
        if not self.line_id:
            raise UserError(self.env._("Find the customer first."))
        if not ((self.new_value or "").strip() or (self.note or "").strip()):
            raise UserError(self.env._("Write what is right, or what the customer said."))
        correction = self._open()
        message = self.env._("%(number)s: thank you. The center confirms it.", number=correction.name)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    # -- steps ---------------------------------------------------------------

    def _check_tries(self):
        """Who tries number after number is no desk."""
        since = fields.Datetime.now() - timedelta(hours=1)
        mine = [("create_uid", "=", self.env.uid), ("write_date", ">", since)]
        if (self.sudo()._read_group(mine, [], ["tries:sum"])[0][0] or 0) >= TRIES:
            raise UserError(self.env._("Too many searches: please go on in an hour."))

    def _open(self):
        """The correction, new or open already; what is told anew of an open one is noted there."""
        chosen, value = self.sudo().line_id, (self.new_value or "").strip()
        phone = self._get_wrong_phone()
        if self.item == "phone" and value and normalise_phone(value)[2]:
            raise UserError(self.env._("“%(value)s” is no phone number.", value=value))
        vals = {
            "partner_id": chosen.partner_id.id,
            "vehicle_id": chosen.vehicle_id.id if self.item in ("plate", "owner") else False,
            "item": self.item,
            "source": "desk",
            "phone_id": phone.id,
            "wrong_value": phone.number or self._get_old_value(chosen),
            "new_value": value,
            "note": (self.note or "").strip(),
            "department_id": self._get_department().id,
        }
        known = chosen.partner_id.dcrc_correction_ids
        correction = self.env["res.partner"].sudo()._dcrc_open_correction([vals])
        if correction in known:
            correction._tell_again(value, vals["note"])
        return correction

    def _get_wrong_phone(self):
        """The number of the file that ends like this (empty: none is meant)."""
        tail = "".join(sign for sign in self.wrong_tail or "" if sign.isdigit())
        phones = self.sudo().line_id.partner_id.dcrc_phone_ids
        if self.item != "phone" or not tail:
            return phones.browse()
        found = phones.filtered(lambda phone: phone.number.endswith(tail)) if len(tail) >= 4 else phones.browse()
        if len(found) != 1:
            raise UserError(self.env._("No number of this file ends like that: look at the numbers above."))
        return found

    def _get_old_value(self, chosen):
        old = {"name": chosen.partner_id.name, "plate": chosen.vehicle_id.license_plate}
        return old.get(self.item)

    def _get_department(self):
        """Where the person at the desk works; the center's people hand it to sales."""
        departments = self.env["dcrc.department"].search([("company_id", "=", self.company_id.id)])
        mine = departments.filtered(lambda d: self.env.user in d.responsible_id | d.member_ids)
        return mine[:1] or departments.filtered(lambda d: d.kind == "sales")[:1]

    def _show(self):
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.correction_desk_action"),
            "res_id": self.id,
        }
