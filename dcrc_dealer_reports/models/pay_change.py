from odoo import api, fields, models


class PayChange(models.Model):
    """A row that came to a figure of an open month, or left it, since the night before."""

    _name = "dcrc.pay.change"
    _description = "Change of a Month's KPI"
    _order = "result_id, part, change, id"
    _check_company_auto = True

    pay_id = fields.Many2one("dcrc.pay.month", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="pay_id.company_id", store=True, index=True, precompute=True, required=True)
    user_id = fields.Many2one(related="pay_id.user_id", store=True, precompute=True)
    result_id = fields.Many2one("dcrc.pay.result", "Line", required=True, readonly=True, index=True, ondelete="cascade")
    part = fields.Selection(
        [("numerator", "Counted"), ("denominator", "Base"), ("excluded", "Out of the base")],
        required=True,
        readonly=True,
    )
    change = fields.Selection([("in", "Came"), ("out", "Went")], required=True, readonly=True)
    res_model = fields.Char("Record Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Row", model_field="res_model", required=True, readonly=True)
    title = fields.Char("What", compute="_compute_title")

    @api.depends("res_model", "res_id")
    def _compute_title(self):
        for model, changes in self.grouped("res_model").items():
            rows = self.env[model].with_context(active_test=False).search([("id", "in", changes.mapped("res_id"))])
            names = {row.id: row.display_name for row in rows}
            for change in changes:
                change.title = names.get(change.res_id) or self.env._("not there any more")

    def action_open_row(self):
        """Button: the row itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "=", self.res_id)],
            "name": self.result_id.name,
        }
