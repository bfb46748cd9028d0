from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SurveyUserInputLine(models.Model):
    """One answer; its level is stored for the statistics."""

    _inherit = "survey.user_input.line"

    value_char_box = fields.Char(dcrc_personal="words")
    value_text_box = fields.Text(dcrc_personal="words")
    dcrc_level = fields.Integer(related="suggested_answer_id.dcrc_level", store=True, string="Level", aggregator="avg")
    dcrc_company_id = fields.Many2one(
        related="user_input_id.dcrc_company_id", store=True, string="Dealer", index="btree_not_null"
    )

    @api.constrains("suggested_answer_id", "question_id", "user_input_id")
    def _check_dcrc_answer(self):
        """An answer is one of its question's, also when the customer's own page sends it."""
        for line in self.filtered("dcrc_company_id"):
            question = line.question_id
            chosen, asked = line.suggested_answer_id, line.user_input_id.survey_id.question_ids
            if question not in asked or chosen and chosen not in question.suggested_answer_ids:
                raise ValidationError(self.env._("“%(question)s” has no such answer.", question=question.title))
