from odoo import fields, models
from odoo.tools import SQL


class ProblemHit(models.Model):
    """Every time a problem came up: once a conversation and code, once a complaint (FUP-11).

    A bad answer counts under its question's code, words under the code they speak of; a complaint that
    came of the same conversation and code is the same hit, not a second one.
    """

    _name = "dcrc.problem.hit"
    _description = "Problem Found"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "problem_id"
    _depends = {
        "dcrc.problem": ["survey_kind", "question_code", "company_id", "department_kind"],
        "dcrc.complaint": ["problem_id", "company_id", "date", "department_id", "partner_id", "followup_id", "text"],
        "survey.user_input.line": ["dcrc_problem_id", "dcrc_level", "question_id", "user_input_id", "dcrc_company_id"],
        "survey.user_input": ["dcrc_followup_id", "dcrc_company_id"],
        "survey.question": ["dcrc_code", "dcrc_department_kind"],
        "dcrc.followup": ["done_on", "effective", "partner_id", "vehicle_id"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    date = fields.Date("Day", readonly=True)
    problem_id = fields.Many2one("dcrc.problem", readonly=True)
    department_id = fields.Many2one("dcrc.department", readonly=True)
    source = fields.Selection(
        [("answer", "Answer"), ("words", "Customer's words"), ("complaint", "Complaint")], readonly=True
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    followup_id = fields.Many2one("dcrc.followup", "Follow-up", readonly=True)
    complaint_id = fields.Many2one("dcrc.complaint", readonly=True)
    text = fields.Text("Customer's Words", readonly=True)
    hits = fields.Integer("Frequency", readonly=True)

    @property
    def _table_query(self):
        return SQL(
            """SELECT DISTINCT ON (x.company_id, x.talk, x.problem_id)
                      x.id, x.company_id, x.date, x.problem_id, x.department_id, x.source, x.partner_id, x.vehicle_id,
                      x.followup_id, x.complaint_id, x.text, 1 AS hits
                 FROM (%s UNION ALL %s UNION ALL %s) x
                ORDER BY x.company_id, x.talk, x.problem_id, x.place, x.id""",
            self._select_complaints(),
            self._select_answers(),
            self._select_words(),
        )

    def _select_complaints(self):
        """Complaints about a problem; ``talk`` is the conversation, else the complaint itself."""
        return SQL(
            """SELECT c.id * 2::bigint + 1 AS id, c.company_id, %s AS date, c.problem_id, c.department_id,
                      'complaint'::varchar AS source, c.partner_id, c.vehicle_id, c.followup_id, c.id AS complaint_id,
                      c.text, 1 AS place, COALESCE(f.user_input_id, -c.id) AS talk
                 FROM dcrc_complaint c
                 JOIN res_company k ON k.id = c.company_id
                 LEFT JOIN dcrc_followup f ON f.id = c.followup_id
                WHERE c.problem_id IS NOT NULL""",
            self._local_day(SQL("c.date")),
        )

    def _select_answers(self):
        """Bad answers of questions whose code a problem names."""
        return SQL(
            """SELECT l.id * 2::bigint, f.company_id, %s, p.id, d.id, 'answer', f.partner_id, f.vehicle_id, f.id,
                      NULL::integer, NULL::text, 2, l.user_input_id
                 FROM survey_user_input_line l
                 JOIN survey_user_input i ON i.id = l.user_input_id
                 JOIN dcrc_followup f ON f.id = i.dcrc_followup_id AND f.effective
                 JOIN res_company k ON k.id = f.company_id
                 JOIN survey_question q ON q.id = l.question_id
                 JOIN survey_survey s ON s.id = q.survey_id
                 JOIN dcrc_problem p ON p.company_id = f.company_id AND p.survey_kind = s.dcrc_kind
                  AND p.question_code = q.dcrc_code
                 LEFT JOIN LATERAL (%s) d ON TRUE
                WHERE l.dcrc_level BETWEEN 1 AND 2""",
            self._local_day(SQL("f.done_on")),
            self._select_department(SQL("COALESCE(q.dcrc_department_kind, p.department_kind)")),
        )

    def _select_words(self):
        """Words that speak of a problem."""
        return SQL(
            """SELECT l.id * 2::bigint, f.company_id, %s, p.id, d.id, 'words', f.partner_id, f.vehicle_id, f.id,
                      NULL::integer, COALESCE(l.value_char_box, l.value_text_box), 3, l.user_input_id
                 FROM survey_user_input_line l
                 JOIN dcrc_problem p ON p.id = l.dcrc_problem_id
                 JOIN survey_user_input i ON i.id = l.user_input_id
                 JOIN dcrc_followup f ON f.id = i.dcrc_followup_id AND f.effective
                 JOIN res_company k ON k.id = f.company_id
                 LEFT JOIN LATERAL (%s) d ON TRUE
                WHERE l.dcrc_problem_id IS NOT NULL""",
            self._local_day(SQL("f.done_on")),
            self._select_department(SQL("p.department_kind")),
        )

    def _local_day(self, moment):
        """SQL: the dealer's day of a moment (alias k: the dealer)."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date", moment)

    def _select_department(self, kind):
        """SQL: the dealer's department of a kind (alias k: the dealer)."""
        return SQL(
            """SELECT e.id FROM dcrc_department e WHERE e.company_id = k.id AND e.active AND e.kind = %s
                ORDER BY e.sequence, e.id LIMIT 1""",
            kind,
        )

    def action_open_source(self):
        """Button: the complaint, else the follow-up in which it came up."""
        self.ensure_one()
        source = self.complaint_id or self.followup_id
        return {
            "type": "ir.actions.act_window",
            "res_model": source._name,
            "res_id": source.id,
            "views": [(False, "form")],
        }
