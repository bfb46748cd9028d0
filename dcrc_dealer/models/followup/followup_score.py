from odoo import api, fields, models


class Followup(models.Model):
    """What the answers come to, for a glance."""

    _inherit = "dcrc.followup"

    score = fields.Float(compute="_compute_score", digits=(2, 1), help="Mean of the answers on the scale from 1 to 5.")

    @api.depends("user_input_id.user_input_line_ids.dcrc_level")
    def _compute_score(self):
        sheets = self.sudo().user_input_id
        groups = (
            self.env["survey.user_input.line"]
            .sudo()
            ._read_group(
                [("user_input_id", "in", sheets.ids), ("dcrc_level", ">", 0)], ["user_input_id"], ["dcrc_level:avg"]
            )
        )
        means = dict(groups)
        for followup in self:
            followup.score = means.get(followup.sudo().user_input_id, 0)
