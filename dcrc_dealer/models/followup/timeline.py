from odoo import fields, models
from odoo.tools import SQL


class Timeline(models.Model):
    """Calls and answers on the customer's timeline."""

    _inherit = "dcrc.timeline"
    _depends = {
        "dcrc.call": ["ended_at", "partner_id", "company_id", "outcome_id", "note", "user_id", "state"],
        "dcrc.followup": [
            "done_on",
            "partner_id",
            "vehicle_id",
            "company_id",
            "rule_id",
            "effective",
            "user_id",
            "dissatisfied",
        ],
    }

    kind = fields.Selection(selection_add=[("call", "Call"), ("answer", "Answers")])

    def _timeline_parts(self):
        return [*super()._timeline_parts(), self._timeline_calls(), self._timeline_answers()]

    def _timeline_calls(self):
        name = self.env["dcrc.call.outcome"]._field_to_sql("o", "name")
        return SQL(
            """SELECT c.id, c.ended_at, 'call', c.partner_id, NULL::integer, c.company_id,
                      %s, c.note, 'dcrc.call', c.id, c.user_id
                 FROM dcrc_call c JOIN dcrc_call_outcome o ON o.id = c.outcome_id
                WHERE c.state = 'done'""",
            name,
        )

    def _timeline_answers(self):
        name = self.env["dcrc.followup.rule"]._field_to_sql("r", "name")
        return SQL(
            """SELECT f.id, f.done_on, 'answer', f.partner_id, f.vehicle_id, f.company_id, %s,
                      (SELECT STRING_AGG(COALESCE(l.value_char_box, l.value_text_box), ' · ' ORDER BY l.id)
                         FROM survey_user_input_line l WHERE l.user_input_id = f.user_input_id),
                      'dcrc.followup', f.id, f.user_id
                 FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
                WHERE f.effective AND f.done_on IS NOT NULL""",
            name,
        )
