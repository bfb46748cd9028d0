from odoo import api, models


class SurveyUserInput(models.Model):
    """What customers answer to a reminder becomes the follow-up's result."""

    _inherit = "survey.user_input"

    @api.model
    def _dcrc_record(self, followup, given):
        result = super()._dcrc_record(followup, given)
        followup._take_result(followup.sudo().user_input_id)
        return result

    def _dcrc_take_link_answers(self):
        result = super()._dcrc_take_link_answers()
        for sheet in self.sudo():
            sheet.dcrc_followup_id._take_result(sheet)
        return result
