from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_date

# A change of one of these may move a car's dates
FACTS = {
    "model_id",
    "license_plate",
    "dcrc_delivery_date",
    "dcrc_purchase_date",
    "dcrc_registered_on",
    "dcrc_warranty_end",
    "dcrc_warranty_km",
    "dcrc_inspection_schedule_id",
    "dcrc_kind",
    "company_id",
    "dcrc_inspection_by_hand",
}
# Days that people type
TYPED = (
    "dcrc_delivery_date",
    "dcrc_purchase_date",
    "dcrc_registered_on",
    "dcrc_insurance_end",
    "dcrc_insurance_called_on",
    "dcrc_warranty_end",
    "dcrc_licence_due",
    "dcrc_inspection_due",
)


class FleetVehicle(models.Model):
    """When a customer's car is due (handbook REM-1, REM-3): results of the forecast."""

    _inherit = "fleet.vehicle"

    # next service
    dcrc_plan_id = fields.Many2one(
        "dcrc.service.plan", "Service plan", readonly=True, index="btree_not_null", ondelete="set null"
    )
    dcrc_next_step_id = fields.Many2one(
        "dcrc.service.plan.step", "Next service", readonly=True, ondelete="set null", index="btree_not_null"
    )
    dcrc_next_service_date = fields.Date("Service due", readonly=True)
    dcrc_next_service_low = fields.Date(
        "Earliest Due", readonly=True, help="Four cars of five are due between. Empty: nobody knows how early."
    )
    dcrc_next_service_high = fields.Date("Latest Due", readonly=True)
    dcrc_next_service_band = fields.Char("Likely due", compute="_compute_dcrc_next_service_band")
    dcrc_next_service_km = fields.Integer("Due at (km)", readonly=True)
    dcrc_next_service_kind = fields.Selection(
        [("first", "First service"), ("periodic", "Periodic service")], "Next Service Type", readonly=True
    )
    dcrc_last_service_date = fields.Date(
        "Last service", readonly=True, help="Last first or periodic service, with us or elsewhere."
    )
    dcrc_service_count = fields.Integer("Services so far", readonly=True)
    dcrc_daily_km = fields.Float("Km a day", readonly=True, digits=(8, 1), aggregator="avg")
    dcrc_daily_km_own = fields.Boolean("Told by own readings", readonly=True)
    dcrc_forecast_data = fields.Json("Steps of the forecast", readonly=True, copy=False)
    dcrc_forecast_note = fields.Text("How it got there", compute="_compute_dcrc_forecast_note")
    dcrc_forecast_dirty = fields.Boolean("To be forecast", default=True, readonly=True, copy=False)
    dcrc_reading_ids = fields.One2many("dcrc.mileage.reading", "vehicle_id", "Mileage readings")
    # by law and contract
    dcrc_registered_on = fields.Date("First registered on", help="Empty: the day of delivery.")
    dcrc_inspection_schedule_id = fields.Many2one(
        "dcrc.inspection.schedule",
        "Inspection rules",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: those of private cars. Vans, modified cars and cars of an accident with"
        " injured people have rules of their own.",
    )
    dcrc_inspection_kind = fields.Selection(
        [("mark", "Mark only, on line"), ("test", "Test at the station")], "Inspection Type", readonly=True
    )
    dcrc_inspection_from = fields.Date("Inspection possible from", readonly=True)
    dcrc_inspection_by_hand = fields.Boolean("Inspection date by hand", copy=False)
    dcrc_insurance_called_on = fields.Date(
        "Insurance Desk Called On",
        copy=False,
        tracking=True,
        help="When the insurance desk last spoke to the customer about renewing; a share of these calls is checked.",
    )
    dcrc_warranty_due = fields.Date("Warranty ends about", readonly=True, help="By date or km, whichever comes first.")
    dcrc_three_pack_end = fields.Date("Statutory Warranty until", readonly=True)

    # IS TRUE, as the ORM asks: PostgreSQL would not take the index otherwise
    _dcrc_dirty_idx = models.Index("(company_id, id) WHERE dcrc_forecast_dirty IS TRUE AND dcrc_kind = 'customer'")
    _dcrc_next_service_idx = models.Index("(company_id, dcrc_next_service_date) WHERE dcrc_kind = 'customer'")
    # a dealer's means are looked for before each batch until there are any
    _dcrc_own_km_idx = models.Index("(company_id, model_id) WHERE dcrc_daily_km_own AND dcrc_kind = 'customer'")
    _dcrc_insurance_idx = models.Index("(company_id, dcrc_insurance_end) WHERE dcrc_kind = 'customer'")
    _dcrc_insurance_called_idx = models.Index(
        "(company_id, dcrc_insurance_called_on) WHERE dcrc_insurance_called_on IS NOT NULL"
    )
    _dcrc_inspection_idx = models.Index("(company_id, dcrc_inspection_due) WHERE dcrc_kind = 'customer'")
    _dcrc_licence_idx = models.Index("(company_id, dcrc_licence_due) WHERE dcrc_kind = 'customer'")
    _dcrc_warranty_idx = models.Index("(company_id, dcrc_warranty_due) WHERE dcrc_kind = 'customer'")
    _dcrc_written_idx = models.Index("(company_id, write_date) WHERE dcrc_kind = 'customer'")

    @api.depends("dcrc_forecast_data")
    @api.depends_context("lang")
    def _compute_dcrc_forecast_note(self):
        words = self.env["dcrc.forecast.words"]
        for car in self:
            car.dcrc_forecast_note = words._tell(car.dcrc_forecast_data or [])

    @api.depends("dcrc_next_service_date", "dcrc_next_service_low", "dcrc_next_service_high", "dcrc_forecast_data")
    @api.depends_context("lang")
    def _compute_dcrc_next_service_band(self):
        words = self.env["dcrc.forecast.words"]
        for car in self:
            car.dcrc_next_service_band = words._tell_band(car)

    @api.constrains(*TYPED)
    def _check_dcrc_days(self):
        """A slip of the finger (0206, 1900) would plan calls for a day that never comes.

        What the DMS says is taken as it is; the forecast leaves out what cannot be.
        """
        if self._dcrc_told("dcrc_source") == "dms":
            return
        for car in self.filtered(lambda car: car.dcrc_kind == "customer"):
            for name in TYPED:
                if car[name] and not 1980 <= car[name].year <= 2100:
                    raise ValidationError(
                        self.env._(
                            "%(field)s: %(day)s cannot be right.",
                            field=self._fields[name]._description_string(self.env),
                            day=format_date(self.env, car[name]),
                        )
                    )
            if car.dcrc_insurance_called_on and car.dcrc_insurance_called_on > car.company_id._dcrc_today():
                raise ValidationError(self.env._("The insurance desk cannot have called on a day to come."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._dcrc_mark_typed(vals) for vals in vals_list])

    def write(self, vals):
        vals = self._dcrc_mark_typed(vals)
        if not FACTS.isdisjoint(vals):
            vals = {**vals, "dcrc_forecast_dirty": True}
        return super().write(vals)

    @api.model
    def _dcrc_mark_typed(self, vals):
        """A day of inspection that somebody gives stands until it has passed."""
        if vals.get("dcrc_inspection_due") and not self._dcrc_told("dcrc_computed"):
            return {"dcrc_inspection_by_hand": True, **vals}
        return vals

    def action_dcrc_forecast(self):
        """Button: forecast these cars now."""
        self.check_access("write")
        self.sudo()._dcrc_forecast()

    @api.model
    def _dcrc_touch_records(self, column, ids):
        """Mark the cars whose `column` is among `ids`; the next run forecasts them."""
        if ids:
            self._dcrc_touch(SQL("%s = ANY(%s)", SQL.identifier("v", column), list(ids)))

    @api.model
    def _dcrc_touch(self, condition):
        """Mark cars for the forecast; `condition` is SQL on the alias ``v``."""
        self._dcrc_mark("dcrc_forecast_dirty", condition)
