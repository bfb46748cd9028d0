from odoo import api, fields, models


class Complaint(models.Model):
    """A complaint's cause has a code of the dealer's one list of problems (FUP-11, CMP-6)."""

    _inherit = "dcrc.complaint"

    problem_id = fields.Many2one(
        "dcrc.problem",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        help="Proposed from the question that was answered badly, else from the customer's words.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        for complaint in complaints.sudo().filtered(lambda c: not c.problem_id):
            complaint.problem_id = complaint._propose_problem()
        return complaints

    def _propose_problem(self):
        """The problem of the question, else the one that the words speak of."""
        problems = self.env["dcrc.problem"]
        asked = problems._find_by_question(self.company_id, self.question_id) if self.question_id else problems
        return asked or problems._find_by_words(self.company_id, self.text)

    def _get_solution_words(self):
        """What was found, done and agreed, for the register of problems."""
        return "\n".join(dict.fromkeys(filter(None, (self.answer, self.solution, self.result))))
