from odoo import fields, models
from odoo.tools import SQL


class AnswerReport(models.Model):
    """What customers answered on the scale (SAT-2): one row an answer, by the day on which it was given."""

    _name = "dcrc.answer.report"
    _description = "Scored answers"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "survey.user_input.line": ["dcrc_level", "dcrc_company_id", "question_id", "user_input_id", "skipped"],
        "survey.question": ["dcrc_code", "dcrc_overall", "dcrc_department_kind"],
        "survey.user_input": ["dcrc_followup_id"],
        "dcrc.followup": ["done_on", "user_id", "partner_id", "vehicle_id", "rule_id", "delivery_id"],
        "res.company": ["dcrc_tz"],
    }

    date = fields.Date("Answered on", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    followup_id = fields.Many2one("dcrc.followup", "Follow-up", readonly=True)
    rule_id = fields.Many2one("dcrc.followup.rule", "Reason to call", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    question_id = fields.Many2one("survey.question", readonly=True)
    code = fields.Char("Code of the question", readonly=True)
    overall = fields.Boolean("Overall opinion", readonly=True)
    department = fields.Selection(
        lambda self: self.env["dcrc.department"]._fields["kind"]._description_selection(self.env), readonly=True
    )
    level = fields.Integer(readonly=True, aggregator="avg", help="5 very satisfied … 1 very dissatisfied.")
    possible = fields.Integer("Highest level", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT l.id, (f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS date,
                      l.dcrc_company_id AS company_id, f.id AS followup_id, f.rule_id, f.partner_id, f.vehicle_id,
                      f.user_id, l.question_id, q.dcrc_code AS code, q.dcrc_overall AS overall,
                      COALESCE(q.dcrc_department_kind,
                               CASE WHEN f.delivery_id IS NOT NULL THEN 'sales' ELSE 'service' END) AS department,
                      l.dcrc_level AS level, 5 AS possible
                 FROM survey_user_input_line l
                 JOIN survey_user_input u ON u.id = l.user_input_id
                 JOIN dcrc_followup f ON f.id = u.dcrc_followup_id
                 JOIN survey_question q ON q.id = l.question_id
                 JOIN res_company k ON k.id = l.dcrc_company_id
                WHERE l.dcrc_level > 0 AND l.skipped IS NOT TRUE AND f.done_on IS NOT NULL"""
        )

    def action_open_followup(self):
        """Button: the follow-up in which it was said."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dcrc.followup",
            "res_id": self.followup_id.id,
            "views": [(False, "form")],
        }
