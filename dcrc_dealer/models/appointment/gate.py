from odoo import api, models
from odoo.tools import SQL

from ..foundations.gate import Reason
from .appointment import EXPECTED


class Gate(models.AbstractModel):
    """A car that is expected is not invited (REM-6)."""

    _inherit = "dcrc.gate"

    @api.model
    def _get_reasons(self, question):
        """Who is expected is not invited; nor who was here, until the repair order has come."""
        q, days = question, question.company.dcrc_visit_match_days
        expected = SQL(
            """FROM dcrc_appointment ga WHERE ga.vehicle_id = %s
                AND (ga.state IN %s AND ga.day >= %s
                     OR ga.state IN ('arrived', 'served') AND ga.day >= %s::date - %s)""",
            q.vehicle,
            EXPECTED,
            q.today,
            q.today,
            days,
        )
        return [
            *super()._get_reasons(q),
            Reason(
                "appointment",
                self.env._("Has an appointment"),
                SQL("%s AND EXISTS (SELECT 1 %s)", q.invites, expected),
                excused=True,
                until=SQL("(SELECT MAX(ga.day) + %s %s)", days, expected),
            ),
        ]
