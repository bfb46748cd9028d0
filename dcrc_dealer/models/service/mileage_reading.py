from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

EXCLUDED = [
    ("date", "Day cannot be right"),
    ("zero", "No km"),
    ("jump", "More than can be driven"),
    ("backwards", "Less than before"),
    ("digit", "A digit seems to be missing"),
    ("by_hand", "Left out by hand"),
]


class MileageReading(models.Model):
    """What a car's meter showed on a day (handbook CUS-2, REM-1).

    Readings of repair orders are copied here when a car is forecast; the forecast
    also marks those that cannot be true.
    """

    _name = "dcrc.mileage.reading"
    _description = "Mileage reading"
    _order = "vehicle_id, date desc, id desc"
    _check_company_auto = True

    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date("Read on", required=True, default=lambda self: self.env.company._dcrc_today())
    km = fields.Integer("Mileage (km)", required=True)
    source = fields.Selection(
        [("visit", "Repair order"), ("call", "Told on the phone"), ("manual", "By hand")],
        required=True,
        default="manual",
        readonly=True,
    )
    visit_id = fields.Many2one("dcrc.service.visit", readonly=True, ondelete="cascade", index=False, check_company=True)
    excluded = fields.Selection(
        EXCLUDED, "Left out because", help="Empty: the reading counts. “Left out by hand” stays."
    )

    _visit_once = models.UniqueIndex("(visit_id) WHERE visit_id IS NOT NULL")
    _km_sane = models.Constraint("CHECK (km >= 0 AND km < 3000000)", "A mileage lies between 0 and 3,000,000 km.")

    @api.constrains("date", "source")
    def _check_date(self):
        for reading in self.filtered(lambda r: r.source != "visit"):
            today = reading.company_id._dcrc_today()
            if not date(1980, 1, 1) <= reading.date <= today:
                raise ValidationError(self.env._("A reading is of a day between 1980 and today."))

    @api.model_create_multi
    def create(self, vals_list):
        cars = self.env["fleet.vehicle"].browse([vals.get("vehicle_id") for vals in vals_list])
        for vals, car in zip(vals_list, cars, strict=True):
            if car:
                vals.setdefault("company_id", car.company_id.id)
        readings = super().create(vals_list)
        readings.vehicle_id.sudo()._dcrc_forecast()
        return readings

    def write(self, vals):
        cars = self.vehicle_id
        result = super().write(vals)
        (cars | self.vehicle_id).sudo()._dcrc_forecast()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_visits(self):
        if any(reading.source == "visit" for reading in self):
            raise ValidationError(
                self.env._("This reading belongs to a repair order: correct it there, or leave it out by hand.")
            )

    def unlink(self):
        cars = self.vehicle_id
        result = super().unlink()
        cars.sudo()._dcrc_forecast()
        return result

    @api.model
    def _copy_from_visits(self, vehicle_ids, tz):
        """Bring the readings of the cars' repair orders up to date (set-based)."""
        self.flush_model()
        self.env["dcrc.service.visit"].flush_model()
        self.env.cr.execute(
            SQL(
                """DELETE FROM dcrc_mileage_reading r USING dcrc_service_visit s
                WHERE r.vehicle_id = ANY(%s) AND s.id = r.visit_id
                  AND (s.mileage = 0 OR s.void IS TRUE)""",
                list(vehicle_ids),
            )
        )
        self.env.cr.execute(
            SQL(
                """INSERT INTO dcrc_mileage_reading (vehicle_id, company_id, date, km, source, visit_id,
                                                 create_uid, create_date, write_uid, write_date)
               SELECT s.vehicle_id, s.company_id, (s.date_in AT TIME ZONE 'UTC' AT TIME ZONE %(tz)s)::date,
                      s.mileage, 'visit', s.id, %(uid)s, %(now)s, %(uid)s, %(now)s
                 FROM dcrc_service_visit s
                WHERE s.vehicle_id = ANY(%(cars)s) AND s.mileage > 0 AND s.void IS NOT TRUE
               ON CONFLICT (visit_id) WHERE visit_id IS NOT NULL
               DO UPDATE SET vehicle_id = EXCLUDED.vehicle_id, date = EXCLUDED.date, km = EXCLUDED.km
                WHERE (dcrc_mileage_reading.vehicle_id, dcrc_mileage_reading.date, dcrc_mileage_reading.km)
                      IS DISTINCT FROM (EXCLUDED.vehicle_id, EXCLUDED.date, EXCLUDED.km)""",
                tz=tz,
                cars=list(vehicle_ids),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        self.invalidate_model()
