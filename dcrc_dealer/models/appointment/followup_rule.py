from odoo import api, fields, models
from odoo.tools import SQL

from .appointment_followups import TRIGGERS


class FollowupRule(models.Model):
    """Calls about appointments: confirm before, ask after, offer a freed place (APT-3, APT-5)."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(
        selection_add=[
            ("appointment_confirm", "An appointment is to be confirmed"),
            ("appointment_no_show", "A customer did not come"),
            ("appointment_offer", "A place became free for who waits"),
        ],
        ondelete={"appointment_confirm": "cascade", "appointment_no_show": "cascade", "appointment_offer": "cascade"},
    )
    lead_days = fields.Integer(
        "Days before the appointment", default=1, help="0: on the same day, so many hours before."
    )
    lead_hours = fields.Integer(
        "Hours before the appointment", default=3, help="Counts when the call is made on the same day."
    )

    _lead_sane = models.Constraint(
        "CHECK (lead_days BETWEEN 0 AND 30 AND lead_hours BETWEEN 0 AND 24)",
        "Confirm appointments at most 30 days before; on the same day at most 24 hours before.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "lead_days" in vals:
            # what was counted from other days is planned anew
            rules = self.filtered(lambda rule: rule.trigger == "appointment_confirm")
            rules._cancel_open("appointment_moved")
            super().write({"planned_until": False, "planned_at": False})
        return result

    @api.model
    def _waits_for_opening(self):
        # the appointment's day stands
        return self.trigger not in TRIGGERS and super()._waits_for_opening()

    def _get_sources(self):
        return {**super()._get_sources(), **dict.fromkeys(TRIGGERS, "dcrc.appointment")}

    def _find_candidates_by_appointment_confirm(self, company, days):
        """Customers who are expected; with whom the time was agreed only then, on the day itself (APT-3).

        Who is expected before so many hours are over was just spoken to.
        """
        anchor = SQL(
            "(CASE WHEN s.agreed_day < s.day - %(days)s THEN s.day - %(days)s ELSE s.day END)", days=self.lead_days or 0
        )
        return SQL(
            """SELECT s.id AS source_id, %(anchor)s AS anchor_date, s.partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_appointment s
                WHERE s.company_id = %(company)s AND s.state = 'booked' AND s.day >= %(today)s
                  AND (s.agreed_day < s.day OR s.start - %(hours)s * interval '1 hour' > %(now)s)
                  AND %(days)s AND %(source)s""",
            anchor=anchor,
            hours=self.lead_hours,
            now=fields.Datetime.now(),
            company=company.id,
            today=company._dcrc_today(),
            days=days(anchor, SQL("s.write_date")),
            source=self._condition_source("s"),
        )

    def _find_candidates_by_appointment_no_show(self, company, days):
        """Customers who did not come (APT-5)."""
        return SQL(
            """SELECT s.id AS source_id, s.day AS anchor_date, s.partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_appointment s
                WHERE s.company_id = %s AND s.state = 'no_show' AND NOT %s AND %s AND %s""",
            company.id,
            self.env["dcrc.appointment"]._condition_came_since("s"),
            days(SQL("s.day"), SQL("s.write_date")),
            self._condition_source("s"),
        )

    def _find_candidates_by_appointment_offer(self, company, days):
        """Customers on the waiting list for whom a place is free now."""
        return SQL(
            """SELECT s.id AS source_id, s.offered_day AS anchor_date, s.partner_id, s.vehicle_id,
                      NULL::integer AS delivery_id, NULL::integer AS visit_id
                 FROM dcrc_appointment s
                WHERE s.company_id = %s AND s.state = 'draft' AND s.waiting
                  AND s.offered_until > %s AND %s AND %s""",
            company.id,
            fields.Datetime.now(),
            days(SQL("s.offered_day"), SQL("s.write_date")),
            self._condition_source("s"),
        )
