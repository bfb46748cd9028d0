from odoo import api, models
from odoo.tools import SQL

from ..foundations.gate import Reason


class Gate(models.AbstractModel):
    """Contacts keep their distance from each other (REM-6)."""

    _inherit = "dcrc.gate"

    @api.model
    def _get_reasons(self, question):
        q = question
        return [
            *super()._get_reasons(q),
            Reason(
                "frequency",
                self.env._("Contacted a short while ago"),
                self._condition_frequency(q),
                excused=True,
                silent=True,
                until=SQL(
                    "(SELECT MAX(gc.done_day) + %s - 1 %s)",
                    q.company.dcrc_contact_gap_days,
                    self._from_recent_contacts(q),
                ),
            ),
            Reason(
                "called_today",
                self.env._("Called today already"),
                self._condition_called_today(q),
                excused=True,
                until=SQL("%s::date", q.today),
                passes=True,
            ),
        ]

    @api.model
    def _condition_frequency(self, q):
        """Marketing waits after a successful contact, unless there is a conversation to join."""
        return SQL(
            """%(purpose)s = 'marketing' AND NOT %(joins)s AND EXISTS (SELECT 1 %(recent)s)
               AND NOT (%(channel)s = 'phone' AND EXISTS (
                        SELECT 1 FROM dcrc_contact gc WHERE gc.partner_id = %(partner)s AND gc.state = 'open'))""",
            purpose=q.purpose,
            joins=q.joins,
            recent=self._from_recent_contacts(q),
            channel=q.channel,
            partner=q.partner,
        )

    @api.model
    def _from_recent_contacts(self, q):
        return SQL(
            "FROM dcrc_contact gc WHERE gc.partner_id = %s AND gc.state = 'done' AND gc.done_day > %s::date - %s",
            q.partner,
            q.day,
            q.company.dcrc_contact_gap_days,
        )

    @api.model
    def _condition_called_today(self, q):
        """Who was spoken to, or tried to the last attempt, has peace till tomorrow; so has the number.

        A number that rang for one of its owners does not ring again for another.
        """
        start, stop = q.company._dcrc_day_bounds(q.today)
        return SQL(
            """%(channel)s = 'phone' AND %(day)s = %(today)s AND (
                   EXISTS (SELECT 1 FROM dcrc_contact gc LEFT JOIN dcrc_call_outcome go ON go.id = gc.last_outcome_id
                            WHERE gc.partner_id = %(partner)s AND gc.done_day = %(today)s
                              AND (gc.state = 'done' OR (gc.state = 'failed' AND go.retry)))
                   OR EXISTS (SELECT 1 FROM dcrc_phone gt
                                JOIN dcrc_phone gh ON gh.number = gt.number AND gh.company_id = gt.company_id
                                                  AND gh.id != gt.id
                                JOIN dcrc_call gl ON gl.phone_id = gh.id AND gl.state = 'done'
                               WHERE gt.partner_id = %(partner)s AND %(number)s
                                 AND gl.ended_at >= %(start)s AND gl.ended_at < %(stop)s))""",
            channel=q.channel,
            day=q.day,
            today=q.today,
            partner=q.partner,
            number=SQL("gt.number = %s", q.number) if q.number else SQL("TRUE"),
            start=start,
            stop=stop,
        )
