from odoo import fields, models


class SurveyQuestionAnswer(models.Model):
    """An answer may stand for a result or a reason, whatever its wording."""

    _inherit = "survey.question.answer"

    dcrc_value = fields.Char("Stands for", help="Code of the result or reason that this answer means.")
