from odoo import api, fields, models
from odoo.tools import SQL

from ..followup.followup import ACTIVE_STATES

TRIGGERS = ("appointment_confirm", "appointment_no_show", "appointment_offer")


class Appointment(models.Model):
    """Calls about appointments: the one queue does them (APT-3, APT-5), not we."""

    _inherit = "dcrc.appointment"

    def _get_open_followups(self):
        """Follow-ups about these appointments that nobody has finished."""
        rules = (
            self.env["dcrc.followup.rule"]
            .sudo()
            .with_context(active_test=False)
            .search([("company_id", "in", self.company_id.ids), ("trigger", "in", TRIGGERS)])
        )
        return (
            self.env["dcrc.followup"]
            .sudo()
            .search(
                [
                    ("rule_id", "in", rules.ids),
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                    ("state", "in", ACTIVE_STATES),
                ]
            )
        )

    def _get_ended_by_undo(self):
        """Calls about who did not come that were ended because it had been marked by mistake."""
        return (
            self.env["dcrc.followup"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                    ("state", "=", "cancelled"),
                    ("cancel_reason_id.code", "=", "appointment_undone"),
                ]
            )
        )

    @api.model
    def _end_no_show_calls(self, companies=None):
        """Nobody is asked why they did not come who has come since, by appointment or without (APT-5)."""
        self.env.flush_all()
        companies = companies or self.env["res.company"]._dcrc_dealers()
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id FROM dcrc_followup f
                     JOIN dcrc_followup_rule r ON r.id = f.rule_id AND r.trigger = 'appointment_no_show'
                     JOIN dcrc_appointment s ON s.id = f.source_id
                    WHERE f.company_id = ANY(%s) AND f.state IN %s AND %s""",
                companies.ids,
                ACTIVE_STATES,
                self._condition_came_since("s"),
            )
        )
        followups = self.env["dcrc.followup"].sudo().browse([row[0] for row in rows])
        free = followups.filtered(lambda f: not f.contact_id or not f.contact_id._get_holder())
        if free:
            free._cancel("appointment_came")
        return free

    @api.model
    def _condition_came_since(self, alias):
        """SQL: the car of the appointment `alias` (the customer, without a car) was here on its day or later."""
        s, now = SQL.identifier(alias), fields.Datetime.now()
        return SQL(
            """(EXISTS (SELECT 1 FROM dcrc_service_visit cv
                         WHERE cv.vehicle_id = %(s)s.vehicle_id AND cv.void IS NOT TRUE
                           AND cv.date_in >= %(s)s.start - interval '12 hours' AND cv.date_in <= %(now)s)
                OR EXISTS (SELECT 1 FROM dcrc_appointment ca
                            WHERE ca.partner_id = %(s)s.partner_id AND ca.id != %(s)s.id
                              AND ca.vehicle_id IS NOT DISTINCT FROM %(s)s.vehicle_id
                              AND ca.state IN ('arrived', 'served') AND ca.day >= %(s)s.day))""",
            s=s,
            now=now,
        )

    def _refresh_reminders(self):
        """A car that is expected is not reminded to come; one that is not any more, is (REM-6)."""
        followups = self.env["dcrc.followup"].sudo()
        waiting = followups.search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("state", "in", ACTIVE_STATES),
                ("rule_id.trigger", "in", followups._get_inviting_triggers()),
            ]
        )
        if waiting:
            self.env["dcrc.followup.planner"].sudo()._refresh(waiting.partner_id)

    def _call_off(self, reason_code):
        """Call off what is no longer needed; a customer on the line now is left to the call."""
        followups = self._get_open_followups()
        free = followups.filtered(lambda f: not f.contact_id or not f.contact_id._get_holder())
        if free:
            free._cancel(reason_code)

    def _confirm_today(self):
        """What was made today for today is confirmed as well, when there is time for it (APT-3)."""
        today = self.filtered(lambda a: a.state == "booked" and a.day == a.company_id._dcrc_today())
        if today:
            today._plan_followups("appointment_confirm")

    def _plan_followups(self, trigger):
        """Put a call into the queue at once, without waiting for the night."""
        self.env.flush_all()
        planner = self.env["dcrc.followup.planner"].sudo()
        for company, appointments in self.sudo().grouped("company_id").items():
            rules = (
                self.env["dcrc.followup.rule"]
                .sudo()
                .search([("company_id", "=", company.id), ("trigger", "=", trigger)])
            )
            today = company._dcrc_today()
            for rule in rules:
                planner._plan_rule(rule, company, today, today)
            planner._refresh(appointments.partner_id)
