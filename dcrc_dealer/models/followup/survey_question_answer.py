from odoo import api, fields, models


class SurveyQuestionAnswer(models.Model):
    """An answer on the five-level scale (非常满意 … 非常不满意)."""

    _inherit = "survey.question.answer"

    dcrc_level = fields.Integer(
        "Level", help="5 very satisfied … 1 very dissatisfied; 0 says nothing about satisfaction."
    )

    _dcrc_level_range = models.Constraint("CHECK (dcrc_level BETWEEN 0 AND 5)", "Levels go from 1 (worst) to 5 (best).")

    @api.model_create_multi
    def create(self, vals_list):
        questions = self.env["survey.question"].browse(
            [vals["question_id"] for vals in vals_list if vals.get("question_id")]
        )
        questions.survey_id._dcrc_check_structure()
        return super().create(vals_list)

    def write(self, vals):
        if not {"dcrc_level", "value", "question_id", "answer_score"}.isdisjoint(vals):
            self.question_id.survey_id._dcrc_check_structure()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_dcrc_except_answered(self):
        self.question_id.survey_id._dcrc_check_structure()
