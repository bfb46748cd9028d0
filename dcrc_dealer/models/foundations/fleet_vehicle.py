from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.plate import check_plate
from ...tools.vin import check_vin, clean_vin


class FleetVehicle(models.Model):
    """A customer's car (handbook CUS-2), kept apart from the dealer's own fleet."""

    _name = "fleet.vehicle"
    _inherit = ["fleet.vehicle", "dcrc.key.field.mixin", "dcrc.rooms.mixin"]

    # Odoo would store one copy of the brand's picture for every car.
    image_128 = fields.Image(store=False)
    dcrc_kind = fields.Selection(
        [("fleet", "Own fleet"), ("customer", "Customer's car")],
        "Car Type",
        default="fleet",
        required=True,
        index=True,
        copy=True,
    )
    # people
    dcrc_owner_id = fields.Many2one("res.partner", "Owner", index="btree_not_null", ondelete="restrict")
    dcrc_user_id = fields.Many2one("res.partner", "Main user", index="btree_not_null", ondelete="restrict")
    dcrc_contact_id = fields.Many2one(
        "res.partner",
        "Customer",
        compute="_compute_dcrc_contact_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        help="Whom the center talks to about this car: the owner, else the main user.",
    )
    dcrc_link_ids = fields.One2many("dcrc.vehicle.owner", "vehicle_id", "Owners and users")
    # identity
    dcrc_plate_kind = fields.Selection(
        [("ordinary", "Ordinary"), ("new_energy", "New energy"), ("special", "Special")],
        "Plate Type",
        compute="_compute_dcrc_plate_kind",
        store=True,
    )
    dcrc_vin_accepted = fields.Boolean(
        "VIN accepted as it is", help="A manager has seen that the check digit is wrong.", copy=False
    )
    dcrc_engine_number = fields.Char("Engine number")
    # purchase
    dcrc_purchase_date = fields.Date("Bought on")
    dcrc_delivery_date = fields.Date("Delivered on")
    dcrc_consultant = fields.Char("Sales consultant")
    dcrc_warranty_end = fields.Date("Warranty until")
    dcrc_warranty_km = fields.Integer("Warranty up to (km)")
    # deadlines
    dcrc_insurer = fields.Char("Insurer")
    dcrc_policy_no = fields.Char("Policy")
    dcrc_insurance_end = fields.Date("Insured until")
    dcrc_insured_here = fields.Boolean("Insured through us")
    dcrc_inspection_due = fields.Date("Annual inspection due")
    dcrc_licence_due = fields.Date("Driving license due")
    # use
    dcrc_mileage = fields.Integer("Mileage (km)", readonly=True)
    dcrc_mileage_date = fields.Date("Mileage read on", readonly=True)
    dcrc_last_visit_date = fields.Date("Last visit", readonly=True)
    dcrc_visit_ids = fields.One2many("dcrc.service.visit", "vehicle_id", "Service visits")
    dcrc_delivery_ids = fields.One2many("dcrc.delivery", "vehicle_id", "Deliveries")
    dcrc_centre_edits = fields.Json("Corrected by the center", copy=False, readonly=True)

    _dcrc_customer_has_dealer = models.Constraint(
        "CHECK (dcrc_kind != 'customer' OR company_id IS NOT NULL)",
        "A customer's car belongs to a dealer: choose the company.",
    )
    _dcrc_vin_once = models.UniqueIndex(
        "(company_id, vin_sn) WHERE dcrc_kind = 'customer' AND vin_sn IS NOT NULL",
        "The dealer already has a customer's car with this VIN.",
    )
    _dcrc_plate_idx = models.Index("(license_plate, company_id) WHERE license_plate IS NOT NULL")
    _dcrc_plate_tail_idx = models.Index(
        "(company_id, reverse(license_plate) text_pattern_ops)"
        " WHERE dcrc_kind = 'customer' AND license_plate IS NOT NULL"
    )
    _dcrc_vin_tail_idx = models.Index(
        "(company_id, reverse(vin_sn) text_pattern_ops) WHERE dcrc_kind = 'customer' AND vin_sn IS NOT NULL"
    )
    _dcrc_last_visit_idx = models.Index("(company_id, dcrc_last_visit_date) WHERE dcrc_kind = 'customer'")
    _dcrc_delivered_idx = models.Index("(company_id, dcrc_delivery_date) WHERE dcrc_kind = 'customer'")

    @api.depends("license_plate", "vin_sn", "model_id.name", "dcrc_kind")
    def _compute_display_name(self):
        """People know a customer's car by its plate."""
        ours = self.filtered(lambda car: car.dcrc_kind == "customer")
        for car in ours:
            parts = [car.license_plate or car.vin_sn, car.sudo().model_id.name]
            car.display_name = " ".join(filter(None, parts))
        return super(FleetVehicle, self - ours)._compute_display_name()

    @api.depends("dcrc_owner_id", "dcrc_user_id")
    def _compute_dcrc_contact_id(self):
        for car in self:
            car.dcrc_contact_id = car.dcrc_owner_id or car.dcrc_user_id

    @api.depends("license_plate", "dcrc_kind")
    def _compute_dcrc_plate_kind(self):
        for car in self:
            kind = car.dcrc_kind == "customer" and check_plate(car.license_plate)[1]
            car.dcrc_plate_kind = kind or False

    @api.constrains("vin_sn", "dcrc_vin_accepted", "dcrc_kind")
    def _check_dcrc_vin(self):
        for car in self:
            if car.dcrc_kind != "customer" or not car.vin_sn:
                continue
            _vin, error = check_vin(car.vin_sn)
            if error and not (error == "vin_check_digit" and car.dcrc_vin_accepted):
                raise ValidationError(car._dcrc_vin_message(error))

    @api.constrains("license_plate", "dcrc_kind")
    def _check_dcrc_plate(self):
        for car in self.filtered(lambda c: c.dcrc_kind == "customer" and c.license_plate):
            if check_plate(car.license_plate)[2]:
                raise ValidationError(
                    self.env._(
                        "“%(plate)s” is not a number plate: a province, a letter and five"
                        " characters (six for new energy), without I and O.",
                        plate=car.license_plate,
                    )
                )

    @api.constrains("dcrc_owner_id", "dcrc_user_id", "company_id")
    def _check_dcrc_company(self):
        for car in self.filtered(lambda c: c.dcrc_kind == "customer"):
            people = (car.dcrc_owner_id | car.dcrc_user_id).sudo()
            if people.company_id - car.company_id:
                raise ValidationError(self.env._("Owner and user of a car must be customers of the same dealer."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if self._dcrc_is_customer(vals):
                self._dcrc_prepare_car(vals)
            self._dcrc_check_contact(vals)
        cars = super().create(vals_list)
        customers = cars.filtered(lambda car: car.dcrc_kind == "customer")
        customers._dcrc_link_new()
        return cars

    def write(self, vals):
        self._dcrc_check_contact(vals)
        cars = self.filtered(lambda car: car.dcrc_kind == "customer")
        if cars and "company_id" in vals and cars.sudo().filtered(lambda car: car.company_id.id != vals["company_id"]):
            raise UserError(self.env._("A customer's car stays with the dealer, as the customer's file does."))
        if cars:
            vals = self._dcrc_clean(dict(vals))
            cars._dcrc_stamp_edits(vals)
            if not self._dcrc_told("dcrc_ledger"):
                cars._dcrc_write_people(vals)
        archived = cars == self and "active" in vals
        if archived:
            # Fleet looks for contracts of the car, which the center's people may not read
            self.check_access("write")
        result = super(FleetVehicle, self.sudo() if archived else self).write(vals)
        if cars and "active" in vals:
            cars._dcrc_archived(vals["active"])
        return result

    def _dcrc_archived(self, active):
        """Hook: these customers' cars were archived (or, with `active`, taken back)."""

    def action_dcrc_accept_vin(self):
        """A manager accepts a VIN whose check digit is wrong."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise ValidationError(self.env._("Only a manager accepts a VIN with a wrong check digit."))
        self.dcrc_vin_accepted = True
        for car in self:
            car.message_post(body=self.env._("VIN accepted as it is."))

    def _dcrc_check_contact(self, vals):
        """Whom the center talks to is worked out: written directly it would go round the manager (CUS-7)."""
        if "dcrc_contact_id" in vals and not self.env.su:
            raise AccessError(self.env._("The customer of a car follows from its owner and user: change those."))

    @api.model
    def _dcrc_kept_domain(self):
        return [("dcrc_kind", "=", "customer")]

    def _dcrc_key_fields(self):
        # The kind too: a car can't leave the file to change its VIN freely.
        return ["vin_sn", "license_plate", "dcrc_owner_id", "dcrc_user_id", "dcrc_kind"]

    def _dcrc_key_partner(self):
        return self.dcrc_contact_id

    def _dcrc_is_guarded(self):
        return self.dcrc_kind == "customer"

    @api.model
    def _dcrc_dms_fields(self):
        return {
            "license_plate",
            "vin_sn",
            "dcrc_engine_number",
            "color",
            "dcrc_insurer",
            "dcrc_insurance_end",
            "dcrc_delivery_date",
            "dcrc_purchase_date",
            "dcrc_consultant",
        }

    def _dcrc_is_customer(self, vals):
        return vals.get("dcrc_kind") == "customer" or (
            "dcrc_kind" not in vals and self.env.context.get("default_dcrc_kind") == "customer"
        )

    def _dcrc_prepare_car(self, vals):
        """Leave out what Fleet would fill in for a car of the own fleet."""
        self._dcrc_clean(vals)
        vals["company_id"] = vals.get("company_id") or self.env.company.id
        for name in ("state_id", "acquisition_date", "contract_date_start"):
            vals.setdefault(name, False)

    @api.model
    def _dcrc_clean(self, vals):
        if vals.get("dcrc_vin_accepted") and not (self.env.su or self._dcrc_may_change_keys()):
            raise AccessError(self.env._("Only a manager accepts a VIN with a wrong check digit."))
        if vals.get("vin_sn"):
            vals["vin_sn"] = clean_vin(vals["vin_sn"]) or False
        if vals.get("license_plate"):
            vals["license_plate"] = check_plate(vals["license_plate"])[0] or False
        return vals

    def _dcrc_vin_message(self, error):
        messages = {
            "vin_length": self.env._("A VIN has 17 characters; “%(vin)s” has %(count)s."),
            "vin_letter": self.env._("A VIN has no letters I, O, Q and no other signs: “%(vin)s”."),
            "vin_check_digit": self.env._(
                "The check digit of the VIN “%(vin)s” is wrong: compare it with the car."
                " A manager may accept it as it is."
            ),
        }
        return messages[error] % {"vin": self.vin_sn, "count": len(self.vin_sn)}
