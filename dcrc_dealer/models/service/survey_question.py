from odoo import fields, models


class SurveyQuestion(models.Model):
    """Some questions fill a field of the follow-up."""

    _inherit = "survey.question"

    dcrc_role = fields.Selection(
        "_selection_dcrc_role", "Answers what", help="The answer is kept as the follow-up's own figure, too."
    )

    def _selection_dcrc_role(self):
        return list(self.env["dcrc.followup"]._get_result_roles().items())
