from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.problem_words import find_problem, split_words


class Problem(models.Model):
    """A problem with a code: one list for questions, complaints and what customers say (FUP-11).

    Dissatisfaction with a question is counted under the problem that names the question's code, in every
    version of its questionnaire; words that a customer says propose the problem that knows them.
    """

    _name = "dcrc.problem"
    _description = "Problem Code"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]
    _check_company_auto = True

    code = fields.Char(
        required=True, copy=True, help="Short, the same for good: it names the problem in all statistics."
    )
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, help="Switched off: no longer chosen; what was counted stays counted.")
    department_kind = fields.Selection(
        lambda self: self.env["dcrc.department"]._fields["kind"]._description_selection(self.env),
        "Department",
        help="Whom it concerns.",
    )
    survey_kind = fields.Selection(
        lambda self: self.env["survey.survey"]._fields["dcrc_kind"]._description_selection(self.env),
        "Questionnaire",
        help="Dissatisfaction with a question of this kind of questionnaire counts here.",
    )
    question_code = fields.Char("Code of the Question", help="A, B, C …: the same in every version.")
    words = fields.Char(
        translate=True, help="What customers say of it, divided by commas: whoever says so is proposed this code."
    )
    prevention_ids = fields.One2many("dcrc.prevention", "problem_id")
    prevention_count = fields.Integer("Measures under Way", compute="_compute_prevention_count")

    _code_once = models.UniqueIndex(
        "(company_id, lower(code)) WHERE company_id IS NOT NULL", "This code is taken already."
    )
    _question_once = models.UniqueIndex(
        "(company_id, survey_kind, question_code)"
        " WHERE company_id IS NOT NULL AND question_code IS NOT NULL AND survey_kind IS NOT NULL",
        "This question counts under another problem already.",
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for problem in self:
            problem.display_name = f"{problem.code or ''} {problem.name or ''}".strip()

    def _compute_prevention_count(self):
        domain = [("problem_id", "in", self.ids), ("state", "=", "open")]
        counts = dict(self.env["dcrc.prevention"]._read_group(domain, ["problem_id"], ["__count"]))
        for problem in self:
            problem.prevention_count = counts.get(problem._origin, 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for problem in self:
            if self.env["dcrc.problem.hit"].sudo().search_count([("problem_id", "=", problem.id)], limit=1):
                message = self.env._("“%(name)s” stands in the statistics: archive it.", name=problem.display_name)
                raise UserError(message)

    # -- finding --------------------------------------------------------------

    @api.model
    def _find_by_words(self, company, text):
        """The dealer's problem that a customer's words speak of (empty: none)."""
        if not (text or "").strip():
            return self.browse()
        problems = self.sudo().search([("company_id", "=", company.id)])
        langs = [code for code, _name in self.env["res.lang"].get_installed()]
        known = {
            problem.id: [word for lang in langs for word in split_words(problem.with_context(lang=lang).words)]
            for problem in problems
        }
        return self.browse(find_problem(text, known))

    @api.model
    def _find_by_question(self, company, question):
        """The dealer's problem that a question's dissatisfaction counts under (empty: none)."""
        kind, code = question.survey_id.dcrc_kind, question.dcrc_code
        if not (kind and code):
            return self.browse()
        asked = [("survey_kind", "=", kind), ("question_code", "=", code)]
        return self.sudo().search([("company_id", "=", company.id), *asked], limit=1).sudo(False)

    def action_open_hits(self):
        """Button: every time it came up."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.problem_hit_action")
        return {**action, "domain": [("problem_id", "=", self.id)], "context": {}}

    def action_prevent(self):
        """Button: a measure that keeps it from coming back."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Prevention"),
            "res_model": "dcrc.prevention",
            "views": [(False, "form")],
            "context": {"default_problem_id": self.id},
        }

    def _open_improvements(self, causes):
        """Extension point (IMP-2): a room that keeps improvements opens them for `causes`.

        :param causes: ``[{"problem": record, "cause": str, "measure": str, "figure": share in percent or None,
            "department": record, "source": the record that found it}]``
        :return: an action that shows them; None as long as no room keeps improvements
        """
        return None
