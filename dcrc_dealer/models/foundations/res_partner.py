from odoo import api, fields, models

from ...tools.assignment import share
from ...tools.phone import normalise_phone, show_phone

GRADES = [("a", "A – key"), ("b", "B – important"), ("c", "C – general")]


class ResPartner(models.Model):
    """The customer's file (handbook CUS-1, CUS-4, CUS-5).

    A customer is a contact that belongs to one dealer: dealers are separate
    companies before the law, each with its own file on a person (PIPL art. 23).
    """

    _name = "res.partner"
    _inherit = ["res.partner", "dcrc.key.field.mixin"]

    dcrc_customer = fields.Boolean("Customer of the centre", default=False, index="btree_not_null")
    # person
    dcrc_gender = fields.Selection([("female", "Female"), ("male", "Male")], "Gender")
    dcrc_birth_date = fields.Date("Birthday")
    dcrc_occupation = fields.Char("Occupation")
    dcrc_employer = fields.Char("Employer")
    dcrc_employer_address = fields.Char("Employer's address")
    dcrc_hobbies = fields.Char("Hobbies")
    dcrc_family = fields.Text("Family")
    dcrc_source = fields.Char("Came through")
    # contact
    dcrc_phone_ids = fields.One2many("dcrc.phone", "partner_id", "Phones")
    dcrc_preferred_channel = fields.Selection(
        [("phone", "Phone"), ("sms", "Text message"), ("email", "E-mail")], "Prefers"
    )
    dcrc_preferred_time = fields.Char("Best time to call")
    dcrc_do_not_contact_ids = fields.One2many("dcrc.do.not.contact", "partner_id", "Do not contact")
    dcrc_consent_ids = fields.One2many("dcrc.consent", "partner_id", "Consents")
    # classification and assignment
    dcrc_grade = fields.Selection(GRADES, "Grade", tracking=True)
    dcrc_grade_proposed = fields.Selection(
        GRADES, "Proposed grade", compute="_compute_dcrc_visits", help="A rule proposes, you decide."
    )
    dcrc_visit_count_12m = fields.Integer("Visits in 12 months", compute="_compute_dcrc_visits")
    dcrc_loyal = fields.Boolean(
        "Loyal", compute="_compute_dcrc_visits", search="_search_dcrc_loyal"
    )
    dcrc_specialist_id = fields.Many2one(
        "res.users", "Specialist", index="btree_not_null", domain="[('share', '=', False)]"
    )
    dcrc_assigned_on = fields.Date("Assigned on", readonly=True)
    # cars
    dcrc_vehicle_ids = fields.One2many("fleet.vehicle", "dcrc_contact_id", "Cars")
    dcrc_car_link_ids = fields.One2many("dcrc.vehicle.owner", "partner_id", "Cars owned or used")
    dcrc_plates = fields.Char("Plates", compute="_compute_dcrc_plates", search="_search_dcrc_plates")
    # quality of the file
    dcrc_warning_text = fields.Char("Warnings", compute="_compute_dcrc_warning_text")
    dcrc_centre_edits = fields.Json(
        "Corrected by the centre",
        copy=False,
        help="When a person last changed a field that DMS lists carry too.",
    )
    dcrc_duplicate_ids = fields.Many2many(
        "res.partner", "Possible duplicates", compute="_compute_dcrc_duplicates"
    )

    _dcrc_customer_has_dealer = models.Constraint(
        "CHECK (dcrc_customer IS NOT TRUE OR company_id IS NOT NULL)",
        "A customer of the centre belongs to a dealer: choose the company.",
    )
    _dcrc_assigned_idx = models.Index("(company_id, dcrc_assigned_on) WHERE dcrc_customer")
    _dcrc_name_idx = models.Index("(company_id, name) WHERE dcrc_customer")
    _phone_sanitized_idx = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    def _compute_dcrc_visits(self):
        since = fields.Date.add(self.env.company._dcrc_today(), years=-1)
        groups = self.env["dcrc.service.visit"]._read_group(
            [("vehicle_id.dcrc_contact_id", "in", self.ids), ("date_in", ">=", since)],
            ["vehicle_id"],
            ["__count"],
        )
        counts = dict.fromkeys(self.ids, 0)
        for car, count in groups:
            counts[car.dcrc_contact_id.id] = counts.get(car.dcrc_contact_id.id, 0) + count
        for partner in self:
            company = partner.company_id or self.env.company
            count = counts.get(partner._origin.id, 0)
            partner.dcrc_visit_count_12m = count
            partner.dcrc_loyal = count >= company.dcrc_loyal_visits
            partner.dcrc_grade_proposed = (
                "a" if count >= company.dcrc_grade_a_visits
                else "b" if count >= company.dcrc_grade_b_visits
                else "c"
            )  # fmt: skip

    def _search_dcrc_loyal(self, operator, value):
        if operator != "in":
            return NotImplemented
        company = self.env.company
        since = fields.Date.add(company._dcrc_today(), years=-1)
        groups = self.env["dcrc.service.visit"]._read_group(
            [("date_in", ">=", since), ("company_id", "=", company.id)],
            ["vehicle_id.dcrc_contact_id"],
            having=[("__count", ">=", company.dcrc_loyal_visits)],
        )
        return [("id", "in", [partner.id for (partner,) in groups])]

    @api.depends("dcrc_vehicle_ids.license_plate")
    def _compute_dcrc_plates(self):
        for partner in self:
            plates = [car.license_plate or car.vin_sn for car in partner.dcrc_vehicle_ids]
            partner.dcrc_plates = "、".join(filter(None, plates))

    def _search_dcrc_plates(self, operator, value):
        if operator not in ("ilike", "=", "in", "like", "=ilike"):
            return NotImplemented
        return [("dcrc_vehicle_ids.license_plate", operator, value)]

    def _compute_dcrc_warning_text(self):
        for partner in self:
            known = partner.dcrc_customer and partner._origin
            labels = [warning["label"] for warning in known._dcrc_warnings()] if known else []
            partner.dcrc_warning_text = " · ".join(labels)

    @api.depends("dcrc_phone_ids.number", "company_id")
    def _compute_dcrc_duplicates(self):
        """Other customers of the dealer with one of the same numbers."""
        numbers = self.dcrc_phone_ids.mapped("number")
        same = self.env["dcrc.phone"].search(
            [("number", "in", numbers), ("company_id", "in", self.company_id.ids)]
        )
        for partner in self:
            mine = set(partner.dcrc_phone_ids.mapped("number"))
            others = same.filtered(
                lambda phone, partner=partner, mine=mine: phone.number in mine
                and phone.company_id == partner.company_id
            )
            partner.dcrc_duplicate_ids = others.partner_id - partner._origin

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env.company._dcrc_today()
        for vals in vals_list:
            if vals.get("dcrc_customer"):
                vals.setdefault("company_id", self.env.company.id)
            if vals.get("dcrc_specialist_id"):
                vals.setdefault("dcrc_assigned_on", today)
        partners = super().create(vals_list)
        partners._dcrc_adopt_phone()
        return partners

    def write(self, vals):
        if vals.get("dcrc_specialist_id"):
            vals = {"dcrc_assigned_on": self.env.company._dcrc_today(), **vals}
        self._dcrc_stamp_edits(vals)
        result = super().write(vals)
        if vals.get("phone") or vals.get("dcrc_customer"):
            self._dcrc_adopt_phone()
        return result

    def action_dcrc_accept_grade(self):
        """Take over the proposed grade (also in bulk)."""
        for partner in self:
            partner.dcrc_grade = partner.dcrc_grade_proposed

    def action_dcrc_duplicates(self):
        """Open this customer and the possible duplicates to compare and merge."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.customer_action")
        action["domain"] = [("id", "in", (self | self.dcrc_duplicate_ids).ids)]
        action["context"] = {}
        return action

    def _dcrc_key_fields(self):
        # The mark too: a file can't be left to change its name freely.
        return ["name", "phone", "dcrc_customer"]

    def _dcrc_key_partner(self):
        return self

    def _dcrc_is_guarded(self):
        return self.dcrc_customer

    @api.model
    def _dcrc_dms_fields(self):
        """Fields that DMS lists carry and that a person's change protects (CUS-10)."""
        return {
            "name", "dcrc_gender", "dcrc_birth_date", "street", "dcrc_source", "dcrc_phone_ids",
        }  # fmt: skip

    def _dcrc_stamp_edits(self, vals):
        changed = self._dcrc_dms_fields() & vals.keys()
        if not self._dcrc_may_change_keys():
            changed -= set(self._dcrc_key_fields())
        if not changed or self.env.context.get("dcrc_source") == "dms":
            return
        now = fields.Datetime.now().isoformat()
        for partner in self.filtered("dcrc_customer"):
            partner.dcrc_centre_edits = {
                **(partner.dcrc_centre_edits or {}),
                **dict.fromkeys(changed, now),
            }

    def _dcrc_adopt_phone(self):
        """Make sure that a number typed into Odoo's own field stands among the phones."""
        if self.env.context.get("dcrc_phone_synced"):
            return
        vals_list = []
        for partner in self.filtered(lambda p: p.dcrc_customer and p.phone):
            number, kind, error = normalise_phone(partner.phone)
            if not error and number not in partner.dcrc_phone_ids.mapped("number"):
                vals_list.append(
                    {"partner_id": partner.id, "number": number, "role": kind or "other", "sequence": 5}
                )
        if vals_list:
            self.env["dcrc.phone"].sudo().create(vals_list)

    def _dcrc_sync_phone(self):
        """Keep Odoo's `phone` equal to the first number that can be dialled."""
        for partner in self.with_context(
            dcrc_phone_synced=True, dcrc_direct_write=True, tracking_disable=True
        ).sudo():
            number = partner._dcrc_best_phone().number or partner.dcrc_phone_ids[:1].number
            shown = show_phone(number) or False
            if shown != partner.phone:
                partner.phone = shown

    def _dcrc_best_phone(self):
        """The number to dial: usable, in the order that people gave them (may be empty)."""
        self.ensure_one()
        usable = self.dcrc_phone_ids.filtered(lambda p: p.state in ("ok", "unverified"))
        return usable.sorted(lambda p: (p.sequence, p.state != "ok", p.id))[:1]

    def _dcrc_title_name(self):
        """How to address the customer: surname and title for a person, else the name."""
        self.ensure_one()
        name = (self.name or "").strip()
        if self.is_company or not self.dcrc_gender or len(name) > 4 or not name:
            return name
        surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
        if self.dcrc_gender == "female":
            return self.env._("Ms %(surname)s", surname=surname)
        return self.env._("Mr %(surname)s", surname=surname)

    def _dcrc_warnings(self):
        """What to know before talking to the customer; rooms add their own.

        Return a list of ``{"code", "label", "level"}``; level is "danger" or "warning".
        """
        self.ensure_one()
        result = []
        wishes = self.dcrc_do_not_contact_ids.filtered(
            lambda w: not w.date_end or w.date_end >= self.env.company._dcrc_today()
        )
        for wish in wishes:
            label = self.env._(
                "Do not contact: %(channel)s (%(reason)s)",
                channel=dict(wish._fields["channel"]._description_selection(self.env))[wish.channel],
                reason=wish.reason_id.name,
            )
            result.append({"code": "do_not_contact", "label": label, "level": "danger"})
        if not self._dcrc_best_phone():
            label = self.env._("No number that can be dialled")
            result.append({"code": "no_phone", "label": label, "level": "danger"})
        return result

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

    def _dcrc_assign(self, users=None):
        """Share customers among specialists by load and weight (CUS-5); return {user: count}."""
        done = {}
        for company, customers in self.grouped("company_id").items():
            team = users or company._dcrc_specialists()
            held = self._dcrc_load(company, team)
            people = {user.id: (held.get(user.id, 0), user.dcrc_weight) for user in team}
            shares = share(customers.ids, people)
            for user in team:
                mine = self.browse([cid for cid, uid in shares.items() if uid == user.id])
                mine.write({"dcrc_specialist_id": user.id})
                done[user] = done.get(user, 0) + len(mine)
        return done

    @api.model
    def _dcrc_load(self, company, users):
        groups = self._read_group(
            [("dcrc_specialist_id", "in", users.ids), ("company_id", "=", company.id)],
            ["dcrc_specialist_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}


COMPOUND_SURNAMES = {
    "欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯",
    "轩辕", "宇文", "长孙", "鲜于", "闾丘", "端木", "百里", "呼延", "独孤", "南宫", "西门", "申屠",
}  # fmt: skip
