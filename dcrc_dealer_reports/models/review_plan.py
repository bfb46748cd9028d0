from odoo import api, fields, models
from odoo.exceptions import UserError

LATER = {"done", "result"}  # told when the month is over


class ReviewPlan(models.Model):
    """What is to be better next month, and what became of it."""

    _name = "dcrc.review.plan"
    _description = "Plan of a Monthly Review"
    _order = "deadline, id"
    _check_company_auto = True

    review_id = fields.Many2one("dcrc.review", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True, precompute=True, required=True)
    state = fields.Selection(related="review_id.state")
    name = fields.Char("What Is to Be Done", required=True)
    user_id = fields.Many2one("res.users", "Owner", domain="[('share', '=', False), ('company_ids', 'in', company_id)]")
    deadline = fields.Date()
    done = fields.Boolean()
    result = fields.Char("What Became of It")

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._check_open()
        return plans

    @api.ondelete(at_uninstall=False)
    def _unlink_before_approval(self):
        self._check_open()

    def _check_open(self):
        if any(plan.review_id.state == "approved" for plan in self):
            raise UserError(self.env._("The plan was approved: only what became of it is still written."))

    def write(self, vals):
        if vals.keys() - LATER:
            self._check_open()
        return super().write(vals)
