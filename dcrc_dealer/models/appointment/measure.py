from odoo import api, models

from ...tools.measure import Formula, Part, Watch, own_days, watch_days, watch_moments

ROOM = "appointment"
# A repair order's appointment says who booked it and whether it counts; its own day is the order's.
OF_VISIT = """SELECT v.company_id, (v.date_in AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS day FROM m
                JOIN dcrc_service_visit v ON v.id = (m.row->>'visit_id')::int
                JOIN res_company k ON k.id = v.company_id"""
ARRIVAL_WATCHES = (watch_days("dcrc_appointment", "day", others=("state", "walk_in", "user_id")),)
VISIT_WATCHES = (
    watch_moments("dcrc_service_visit", "date_in", others=("booked", "void")),
    Watch("dcrc_appointment", f"{own_days('day')} UNION ALL {OF_VISIT}", ("day", "visit_id"), ("walk_in", "user_id")),
)


def _rows(source, **conditions):
    domain = [("source", "=", source), *((name, "=", value) for name, value in conditions.items())]
    return Part("dcrc.appointment.figure", "day", domain, user="user_id", kind="service")


class Measure(models.Model):
    """Figures of appointments (APT-5)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        decided = _rows("appointment", nb_decided=1)
        return {
            **super()._measures(),
            "appointment": Formula(
                _rows("visit", nb_booked_visits=1), _rows("visit"), daily=True, watches=VISIT_WATCHES, room=ROOM
            ),
            "arrival": Formula(
                _rows("appointment", nb_decided=1, nb_came=1), decided, daily=True, watches=ARRIVAL_WATCHES, room=ROOM
            ),
            "no_show": Formula(
                _rows("appointment", nb_decided=1, nb_no_show=1),
                decided,
                daily=True,
                watches=ARRIVAL_WATCHES,
                room=ROOM,
            ),
        }
