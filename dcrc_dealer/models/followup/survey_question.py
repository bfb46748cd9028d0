from odoo import api, fields, models
from odoo.exceptions import ValidationError

STRUCTURE = {
    "title",
    "question_type",
    "survey_id",
    "is_page",
    "suggested_answer_ids",
    "dcrc_code",
    "dcrc_department_kind",
    "dcrc_overall",
}


class SurveyQuestion(models.Model):
    """A question of the center: its code keeps answers of all versions comparable (FUP-11)."""

    _inherit = "survey.question"

    dcrc_code = fields.Char("Code", help="A, B, C …: the same in every version and in the statistics.")
    dcrc_department_kind = fields.Selection(
        "_selection_dcrc_department_kind", "Department", help="Whom dissatisfaction with this concerns."
    )
    dcrc_overall = fields.Boolean("Overall opinion", help="The question about the whole.")

    _dcrc_code_once = models.UniqueIndex(
        "(survey_id, dcrc_code) WHERE dcrc_code IS NOT NULL",
        "Two questions of a questionnaire cannot have the same code.",
    )

    @api.model
    def _selection_dcrc_department_kind(self):
        return self.env["dcrc.department"]._fields["kind"]._description_selection(self.env)

    @api.constrains("dcrc_code", "question_type", "is_page")
    def _check_dcrc_code(self):
        for question in self:
            scored = question.question_type == "simple_choice" and not question.is_page
            if question.survey_id.dcrc_kind and scored and not question.dcrc_code:
                raise ValidationError(self.env._("“%(title)s” needs a code: A, B, C …", title=question.title))

    @api.model_create_multi
    def create(self, vals_list):
        surveys = self.env["survey.survey"].browse([vals["survey_id"] for vals in vals_list if vals.get("survey_id")])
        surveys._dcrc_check_structure()
        return super().create(vals_list)

    def write(self, vals):
        if not STRUCTURE.isdisjoint(vals):
            self.survey_id._dcrc_check_structure()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_dcrc_except_answered(self):
        self.survey_id._dcrc_check_structure()

    def _dcrc_type(self):
        """How the call screen asks: "level" (Likert), "choice" or "text"."""
        self.ensure_one()
        if self.question_type not in ("simple_choice", "multiple_choice"):
            return "text"
        return "level" if any(self.suggested_answer_ids.mapped("dcrc_level")) else "choice"
