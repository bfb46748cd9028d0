from odoo import models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _dcrc_take_link_answers(self):
        """An answer through the link of a callback counts as one on the phone (FUP-8, CMP-4)."""
        result = super()._dcrc_take_link_answers()
        for sheet in self.sudo():
            complaint = sheet.dcrc_followup_id._get_complaint()
            if complaint:
                complaint._take_answer(sheet.dcrc_followup_id)
        return result
