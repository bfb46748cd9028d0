from odoo import fields, models
from odoo.tools import SQL

CREDIT_DAYS = 14


class Doubt(models.Model):
    """Doubts about bookings: one that two people are credited with."""

    _inherit = "dcrc.doubt"
    _depends = {"dcrc.followup": ["result", "vehicle_id", "user_id", "done_on"]}

    kind = fields.Selection(selection_add=[("twice", "One booking, two people")])

    def _doubt_parts(self):
        return {**super()._doubt_parts(), "twice": self._select_twice()}

    def _select_twice(self):
        """A car booked by somebody within days of another's booking of the same car."""
        return SQL(
            """SELECT f.id, f.company_id, (f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date, f.user_id,
                      g.user_id, f.partner_id, 'dcrc.followup', f.id,
                      EXTRACT(day FROM f.done_on - g.done_on)::float
                 FROM dcrc_followup f
                 JOIN res_company k ON k.id = f.company_id
                 JOIN LATERAL (SELECT e.user_id, e.done_on FROM dcrc_followup e
                                WHERE e.vehicle_id = f.vehicle_id AND e.result = 'booked' AND e.id != f.id
                                  AND e.user_id != f.user_id
                                  AND (e.done_on, e.id) < (f.done_on, f.id)
                                  AND e.done_on > f.done_on - %s * interval '1 day'
                                ORDER BY e.done_on DESC, e.id DESC LIMIT 1) g ON TRUE
                WHERE f.result = 'booked'""",
            CREDIT_DAYS,
        )
