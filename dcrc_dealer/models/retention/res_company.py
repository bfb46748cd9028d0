from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.res_company_rooms import Room

MENUS = (
    "lost_car_menu",
    "alarm_menu",
    "retention_case_menu",
    "retention_effect_menu",
    "retention_plan_menu",
    "lifecycle_change_menu",
    "lifecycle_rule_menu",
)


class ResCompany(models.Model):
    """What a dealer can set about keeping customers."""

    _inherit = "res.company"

    dcrc_room_retention = fields.Boolean(
        "Retention and Win-back", default=True, help="Stages of cars, cars about to be lost, win-back cases."
    )
    dcrc_local_plates = fields.Char(
        "Local plates",
        help="How plates of the own region begin, separated by spaces, e.g. “渝” or “渝A 渝B”."
        " Empty: the province that most of the dealer's cars have.",
    )
    dcrc_effect_days = fields.Integer(
        "Effect of a win-back after (days)",
        default=90,
        help="A plan is judged by the cars that came back within so many days, against comparable cars without one.",
    )

    dcrc_effect_cars = fields.Integer(
        "Comparable cars needed",
        default=5,
        help="With fewer comparable cars nothing is said about the effect of a plan.",
    )

    _dcrc_effect_cars_positive = models.Constraint(
        "CHECK (dcrc_effect_cars > 0)", "The effect of a plan is judged against at least one car."
    )
    _dcrc_effect_days_positive = models.Constraint(
        "CHECK (dcrc_effect_days > 0)", "The effect of a plan is judged after at least one day."
    )

    @api.model
    def _dcrc_rooms(self):
        return {**super()._dcrc_rooms(), "retention": Room(MENUS, ("retention_case", "at_risk"))}

    @api.model
    def _dcrc_templates(self):
        return [*super()._dcrc_templates(), "dcrc.lifecycle.rule", "dcrc.retention.plan"]

    def _dcrc_get_local_plates(self):
        """Beginnings of local plates, as a list (empty when there are no cars yet)."""
        self.ensure_one()
        if self.dcrc_local_plates:
            return self.dcrc_local_plates.upper().split()
        rows = self.env.execute_query(
            SQL(
                """SELECT LEFT(license_plate, 1) FROM (
                   SELECT license_plate FROM fleet_vehicle
                    WHERE company_id = %s AND dcrc_kind = 'customer' AND license_plate IS NOT NULL
                    ORDER BY id DESC LIMIT 2000) x
                GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1""",
                self.id,
            )
        )
        return [row[0] for row in rows]
