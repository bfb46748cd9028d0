from odoo import api, models
from odoo.fields import Domain

from ...tools.measure import Formula, Part, Watch, own_days, watch_moments, watch_setting

RETURN, VISIT = "dcrc.return.report", "dcrc.service.visit"
SERVICES = ("first_service", "periodic_service")
SETTLES = "dcrc_return_window_days"
# A visit answers reminders of its car, whenever they were due; so does another call about the car.
OF_CARS = "SELECT f.company_id, f.date_due AS day FROM m JOIN dcrc_followup f ON f.vehicle_id = {car}"
OF_CAR = OF_CARS.format(car="(m.row->>'vehicle_id')::int")
RETURN_WATCHES = (
    Watch(
        "dcrc_followup",
        f"{own_days('date_due')} UNION ALL {OF_CAR}",
        ("date_due", "vehicle_id"),
        (
            "state",
            "rule_id",
            "user_id",
            "done_on",
            "date_start",
            "date_expiry",
            "service_base_date",
            "cancel_reason_id",
        ),
    ),
    Watch("dcrc_service_visit", OF_CAR, ("vehicle_id",), ("date_in", "kind", "void")),
    Watch(
        "dcrc_followup_rule",
        "SELECT f.company_id, f.date_due AS day FROM m JOIN dcrc_followup f ON f.rule_id = (m.row->>'id')::int",
        ("id",),
        ("trigger",),
    ),
    watch_setting("dcrc_return_window_days"),
)


def _due(kinds, distinct="", **conditions):
    """Services that were due, of the return analysis."""
    domain = [("kind", "in", kinds), *((name, "=", value) for name, value in conditions.items())]
    return Part(RETURN, "date", domain, user="user_id", kind="service", distinct=distinct)


class Measure(models.Model):
    """Figures of bringing cars back (REM-5, REM-7)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        visits = Domain("void", "=", False)
        services = visits & Domain("kind", "in", ("first", "periodic"))
        return {
            **super()._measures(),
            "return": self._return_of(SERVICES),
            "first_return": self._return_of(("first_service",)),
            "periodic_return": self._return_of(("periodic_service",)),
            # as published: six months up to the month, different cars; a car may stand on either side alone
            "return_published": Formula(
                Part(VISIT, "date_in", list(services), kind="service", distinct="vehicle_id"),
                _due(SERVICES, distinct="vehicle_id"),
                months=6,
            ),
            "first_reminded": self._coverage_of(("first_service",)),
            "reminded": self._coverage_of(SERVICES),
            "rework": Formula(
                Part(VISIT, "date_in", list(visits & Domain("kind", "=", "rework")), kind="service"),
                Part(VISIT, "date_in", list(visits), kind="service"),
                daily=True,
                watches=(watch_moments("dcrc_service_visit", "date_in", others=("kind", "void")),),
            ),
        }

    @api.model
    def _return_of(self, kinds):
        """A share of the services that were due: the car came in time, early or after the call (REM-7)."""
        return Formula(_due(kinds, returned=1), _due(kinds), settles=SETTLES, daily=True, watches=RETURN_WATCHES)

    @api.model
    def _get_greeting_triggers(self):
        return (*super()._get_greeting_triggers(), "birthday", "inspection", "licence")
