from odoo import fields, models


class SurveyUserInputLine(models.Model):
    """One answer; its level is stored for the statistics."""

    _inherit = "survey.user_input.line"

    value_char_box = fields.Char(dcrc_personal="words")
    value_text_box = fields.Text(dcrc_personal="words")
    dcrc_level = fields.Integer(related="suggested_answer_id.dcrc_level", store=True, string="Level", aggregator="avg")
    dcrc_company_id = fields.Many2one(
        related="user_input_id.dcrc_company_id", store=True, string="Dealer", index="btree_not_null"
    )
