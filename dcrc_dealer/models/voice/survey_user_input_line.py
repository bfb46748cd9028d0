from odoo import api, fields, models


class SurveyUserInputLine(models.Model):
    """What customers say in their own words is counted under the problem it speaks of (FUP-11)."""

    _inherit = "survey.user_input.line"

    dcrc_problem_id = fields.Many2one(
        "dcrc.problem",
        "Problem",
        index="btree_not_null",
        ondelete="set null",
        domain="[('company_id', '=', dcrc_company_id)]",
        help="Proposed from the words. Answers on the scale count by their question's code.",
    )

    _dcrc_bad_idx = models.Index("(user_input_id) WHERE dcrc_level BETWEEN 1 AND 2")

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.dcrc_company_id and line._dcrc_words())._dcrc_propose_problems()
        return lines

    def _dcrc_words(self):
        """What the customer said in own words ("": nothing)."""
        return self.value_char_box or self.value_text_box or ""

    def _dcrc_propose_problems(self):
        """Give each line the problem that its words speak of; praise speaks of none."""
        problems = self.env["dcrc.problem"]
        for line in self.sudo():
            good = line.user_input_id.user_input_line_ids.filtered(
                lambda other, line=line: other.question_id == line.question_id and other.dcrc_level > 3
            )
            if not good:
                line.dcrc_problem_id = problems._find_by_words(line.dcrc_company_id, line._dcrc_words())
