from odoo import api, fields, models
from odoo.fields import Domain

READERS = "dcrc_dealer.group_dcrc_reader"
GRADES = [("a", "A – key"), ("b", "B – important"), ("c", "C – general")]


class ResPartner(models.Model):
    """The customer's file (handbook CUS-1, CUS-4, CUS-5).

    A customer is a contact that belongs to one dealer: dealers are separate
    companies before the law, each with its own file on a person (PIPL art. 23).
    """

    _name = "res.partner"
    _inherit = ["res.partner", "dcrc.key.field.mixin", "dcrc.rooms.mixin"]

    dcrc_customer = fields.Boolean("Customer of the center", default=False, index="btree_not_null")
    # person: for those who read the dealer's files, not for everybody who may see an address
    dcrc_gender = fields.Selection([("female", "Female"), ("male", "Male")], "Gender", groups=READERS)
    dcrc_birth_date = fields.Date("Birthday", groups=READERS)
    dcrc_occupation = fields.Char("Occupation", groups=READERS)
    dcrc_employer = fields.Char("Employer", groups=READERS)
    dcrc_employer_address = fields.Char("Employer's address", groups=READERS)
    dcrc_hobbies = fields.Char("Hobbies", groups=READERS)
    dcrc_family = fields.Text("Family", groups=READERS)
    dcrc_source = fields.Char("Customer Source", groups=READERS)
    # contact
    dcrc_phone_ids = fields.One2many("dcrc.phone", "partner_id", "Phones")
    dcrc_preferred_channel = fields.Selection(
        [("phone", "Phone"), ("sms", "SMS"), ("email", "E-mail")], "Preferred Channel"
    )
    dcrc_preferred_time = fields.Char("Best time to call", groups=READERS)
    dcrc_do_not_contact_ids = fields.One2many("dcrc.do.not.contact", "partner_id", "Do not contact")
    dcrc_consent_ids = fields.One2many("dcrc.consent", "partner_id", "Consents")
    # cars
    dcrc_vehicle_ids = fields.One2many("fleet.vehicle", "dcrc_contact_id", "Cars")
    dcrc_car_link_ids = fields.One2many("dcrc.vehicle.owner", "partner_id", "Cars owned or used")
    dcrc_plates = fields.Char("Plates", compute="_compute_dcrc_plates", search="_search_dcrc_plates")
    # quality of the file
    dcrc_centre_edits = fields.Json(
        "Corrected by the center",
        copy=False,
        readonly=True,
        help="When a person last changed a field that DMS lists carry too.",
    )
    dcrc_other_names = fields.Json(
        "Names before a merge", copy=False, readonly=True, help="DMS lists may go on writing them."
    )
    dcrc_merged_on = fields.Datetime("Last merged on", copy=False, readonly=True)
    dcrc_duplicate_ids = fields.Many2many("res.partner", "Possible duplicates", compute="_compute_dcrc_duplicates")

    _dcrc_customer_has_dealer = models.Constraint(
        "CHECK (dcrc_customer IS NOT TRUE OR company_id IS NOT NULL)",
        "A customer of the center belongs to a dealer: choose the company.",
    )
    _dcrc_name_idx = models.Index("(company_id, name) WHERE dcrc_customer")
    _dcrc_name_begin_idx = models.Index("(company_id, lower(name) text_pattern_ops) WHERE dcrc_customer")
    _dcrc_phone_sanitized_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    @api.depends("dcrc_vehicle_ids.license_plate")
    def _compute_dcrc_plates(self):
        for partner in self:
            plates = [car.license_plate or car.vin_sn for car in partner.dcrc_vehicle_ids]
            partner.dcrc_plates = "、".join(filter(None, plates))

    def _search_dcrc_plates(self, operator, value):
        if operator not in ("ilike", "=", "in", "like", "=ilike"):
            return NotImplemented
        return [("dcrc_vehicle_ids.license_plate", operator, value)]

    @api.depends("dcrc_phone_ids.number", "company_id")
    def _compute_dcrc_duplicates(self):
        """Other customers of the dealer with one of the same numbers, unless they were told apart."""
        numbers = self.dcrc_phone_ids.mapped("number")
        same = self.env["dcrc.phone"].search([("number", "in", numbers), ("company_id", "in", self.company_id.ids)])
        told_apart = self._dcrc_told_apart()
        for partner in self:
            mine = set(partner.dcrc_phone_ids.mapped("number"))
            others = same.filtered(
                lambda phone, partner=partner, mine=mine: (
                    phone.number in mine and phone.company_id == partner.company_id
                )
            )
            known = partner._origin | self.browse(told_apart.get(partner._origin.id, ()))
            partner.dcrc_duplicate_ids = others.partner_id - known

    def _dcrc_told_apart(self):
        """``{id of a customer: ids}`` of those of whom a manager said that they are two people."""
        named = Domain("partner_id", "in", self.ids) | Domain("other_id", "in", self.ids)
        pairs = self.env["dcrc.duplicate"].sudo().search(named & Domain("state", "=", "distinct"))
        told = {}
        for pair in pairs:
            told.setdefault(pair.partner_id.id, set()).add(pair.other_id.id)
            told.setdefault(pair.other_id.id, set()).add(pair.partner_id.id)
        return told

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env.company._dcrc_today()
        usual = self.env.context.get("default_dcrc_customer")  # as in the menu of customers
        for vals in vals_list:
            if vals.get("dcrc_customer", usual) and not vals.get("company_id"):
                vals["company_id"] = self.env.company.id  # a form without the choice of dealer says False
            if vals.get("dcrc_specialist_id"):
                vals.setdefault("dcrc_assigned_on", today)
        partners = super().create(vals_list)
        partners._dcrc_adopt_phone()
        return partners

    def write(self, vals):
        specialist = vals.get("dcrc_specialist_id")
        moved = self.filtered(lambda p: specialist and p.dcrc_specialist_id.id != specialist)
        self._dcrc_stamp_edits(vals)
        result = super().write(vals)
        if moved and "dcrc_assigned_on" not in vals:
            moved.sudo().dcrc_assigned_on = self.env.company._dcrc_today()
        if vals.get("phone") or vals.get("dcrc_customer"):
            self._dcrc_adopt_phone()
        if "active" in vals:
            self.filtered("dcrc_customer")._dcrc_archived(vals["active"])
        return result

    def _dcrc_archived(self, active):
        """Hook: these customers were archived (or, with `active`, taken back)."""

    def action_dcrc_duplicates(self):
        """Open this customer and the possible duplicates to compare and merge."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.customer_action")
        action["domain"] = [("id", "in", (self | self.dcrc_duplicate_ids).ids)]
        action["context"] = {}
        return action

    def action_dcrc_open_contact(self):
        """Button: the ordinary page of the contact, with what other applications keep there."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner",
            "res_id": self.id,
            "view_mode": "form",
            "views": [(self.env.ref("base.view_partner_form").id, "form")],
        }

    def _dcrc_key_fields(self):
        # The mark too: a file can't be left to change its name freely.
        return ["name", "phone", "dcrc_customer"]

    def _dcrc_key_partner(self):
        return self

    def _dcrc_is_guarded(self):
        return self.dcrc_customer

    @api.model
    def _dcrc_dms_fields(self):
        return {"name", "dcrc_gender", "dcrc_birth_date", "street", "dcrc_source", "dcrc_phone_ids"}

    def _dcrc_open_correction(self, vals_list):
        """Open corrections of customer data (COR-1); the voice room fills this hook.

        ``vals_list``: dicts with partner_id, item, wrong_value, source and
        optionally vehicle_id, phone_id, department_kind, note. Return the records.
        """
        return self.browse()

    def _dcrc_timeline_domain(self):
        """What stands on the customer's timeline: the person's own, and the present cars' past."""
        self.ensure_one()
        cars = self.dcrc_vehicle_ids.ids
        own = [("partner_id", "=", self.id)]
        if not cars:
            return own
        return ["|", *own, "&", ("vehicle_id", "in", cars), ("kind", "in", ["delivery", "visit", "ownership"])]
