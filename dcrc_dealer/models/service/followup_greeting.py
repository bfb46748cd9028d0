from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .followup_rule import ON_PEOPLE


class Followup(models.Model):
    """Greetings: on the day, by text when nobody called, late only where the number was wrong (REM-4, FUP-9)."""

    _inherit = "dcrc.followup"

    def _is_greeting(self):
        return self.rule_id.trigger in ON_PEOPLE

    def _is_belated(self):
        """The day has passed; the greeting says so."""
        return self._is_greeting() and self.anchor_date < self.company_id._dcrc_today()

    def _get_text_template(self):
        template = super()._get_text_template()
        return self.rule_id.late_template_id if self._is_belated() else template

    def _get_text_deadline(self):
        deadline = super()._get_text_deadline()
        if not self._is_greeting():
            return deadline
        return self.anchor_date + timedelta(days=self.rule_id.late_days if self._was_unreachable() else 0)

    def _was_unreachable(self):
        """There was no number to call or text on the day."""
        return self.block_reason in self.env["dcrc.gate"]._get_correctable()

    @api.model
    def _text_uncalled(self, company):
        """Whom nobody has called by the hour of the rule gets the greeting as a text, on the same day."""
        now = company._dcrc_now()
        hour = now.hour + now.minute / 60
        rules = self.env["dcrc.followup.rule"].sudo()
        rules = rules.search(
            [
                ("company_id", "=", company.id),
                ("trigger", "in", ON_PEOPLE),
                ("channel", "=", "phone"),
                ("text_hour", ">", 0),
                ("text_hour", "<=", hour),
            ]
        )
        due = self.sudo().search(
            Domain("rule_id", "in", rules.ids)
            & Domain("company_id", "=", company.id)
            & Domain("state", "=", "open")
            & Domain("anchor_date", "=", now.date())
        )
        uncalled = due.filtered(
            lambda f: f.rule_id.sms_template_id and not f.contact_id.attempt_count and not f.contact_id._get_holder()
        )
        contacts = uncalled.contact_id
        moment = fields.Datetime.now()
        uncalled.write({"state": "failed", "done_on": moment, "sms_state": "queued", "sms_after": moment})
        contacts._close_if_empty()
        return uncalled

    @api.model
    def _greet_belated(self, company):
        """A number was put right in time: the missed greeting goes as a text that says so."""
        today = company._dcrc_today()
        gate, planner = self.env["dcrc.gate"], self.env["dcrc.followup.planner"]
        question = planner._get_question(company)._replace(channel=SQL("'sms'"), day=SQL("%s::date", today))
        rows = self.env.execute_query(
            SQL(
                """SELECT f.id FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
                    WHERE f.company_id = %s AND r.trigger IN %s AND r.late_days > 0
                      AND r.late_template_id IS NOT NULL AND f.state IN ('missed', 'blocked')
                      AND f.block_reason IN %s AND f.sms_state IS NULL
                      AND f.anchor_date BETWEEN %s - r.late_days AND %s AND %s IS NULL""",
                company.id,
                ON_PEOPLE,
                gate._get_correctable(),
                today,
                today - timedelta(days=1),
                gate._case(question),
            )
        )
        belated = self.sudo().browse(row[0] for row in rows)
        belated.invalidate_recordset()
        belated.write({"state": "missed", "sms_state": "queued", "sms_after": fields.Datetime.now()})
        return belated
