from odoo import models

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
                    ("state", "in", ("planned", "blocked", "open")),
                ]
            )
        )

    def _refresh_reminders(self):
        """A car that is expected is not reminded to come; one that is not any more, is (REM-6)."""
        followups = self.env["dcrc.followup"].sudo()
        waiting = followups.search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("state", "in", ("planned", "open", "blocked")),
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
