from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from odoo.addons.dcrc_dealer.models.foundations.measure import STATES

from .pay_month_count import PARTS


class PayResult(models.Model):
    """A line of a month's KPI: the figure, its completion, and the rows it stands on."""

    _name = "dcrc.pay.result"
    _description = "Line of a Month's KPI"
    _order = "pay_id, sequence, id"
    _check_company_auto = True

    pay_id = fields.Many2one("dcrc.pay.month", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="pay_id.company_id", store=True, index=True, precompute=True, required=True)
    user_id = fields.Many2one(related="pay_id.user_id", store=True, precompute=True)
    line_id = fields.Many2one(
        "dcrc.pay.line", "Line of the Scheme", readonly=True, index="btree_not_null", ondelete="set null"
    )
    # as the scheme said when it was counted
    name = fields.Char(required=True, readonly=True)
    label = fields.Char("Line", compute="_compute_label")
    kind = fields.Selection(
        [("weight", "Completion"), ("group", "Bracket"), ("fine", "Fine"), ("reward", "Reward")], readonly=True
    )
    depth = fields.Integer(readonly=True)
    sequence = fields.Integer("Place", readonly=True)
    measure_code = fields.Char(readonly=True)
    weight = fields.Float("Weight (%)", readonly=True, digits=(5, 1))
    share = fields.Float("Of the Whole (%)", readonly=True)
    target = fields.Float(readonly=True, digits=(12, 2))
    # the figure
    numerator = fields.Float("Counted", readonly=True)
    denominator = fields.Float("Base", readonly=True)
    excluded = fields.Float("Out of the base", readonly=True)
    known = fields.Boolean(readonly=True)
    actual = fields.Float(readonly=True)
    actual_text = fields.Char("Figure", compute="_compute_texts")
    state = fields.Selection(STATES, readonly=True)
    words = fields.Char("Why No Figure", readonly=True)
    completion = fields.Float("Completion (%)", readonly=True)
    points = fields.Float("Contribution (%)", readonly=True)
    result_text = fields.Char("Completion or Amount", compute="_compute_texts")
    amount = fields.Float(readonly=True, digits=(12, 2))
    rows = fields.Json(readonly=True)
    rows_before = fields.Json(readonly=True)
    before_on = fields.Datetime(readonly=True)
    # what it would be today, of a closed month
    now_known = fields.Boolean(readonly=True)
    now_actual = fields.Float("By Today's Data", readonly=True)
    now_numerator = fields.Float(readonly=True)
    now_denominator = fields.Float(readonly=True)
    differs = fields.Boolean(compute="_compute_differs")
    now_text = fields.Char("Today", compute="_compute_texts")

    @api.depends("name", "depth")
    def _compute_label(self):
        for result in self:
            result.label = "　" * result.depth + result.name  # an ideographic space a bracket

    @api.depends("now_known", "now_numerator", "now_denominator", "known", "numerator", "denominator", "pay_id.state")
    def _compute_differs(self):
        for result in self:
            kept = (result.known, result.numerator, result.denominator)
            now = (result.now_known, result.now_numerator, result.now_denominator)
            closed = result.pay_id.state == "closed" and result.pay_id.compared_on
            result.differs = bool(closed and result.measure_code and kept != now)

    @api.depends("known", "actual", "completion", "amount", "now_actual", "now_known", "kind")
    @api.depends_context("lang")
    def _compute_texts(self):
        for result in self:
            units = {"percent": " %"}
            unit = units.get(result.line_id.measure_id.unit, "")
            counted = result.kind != "group"
            result.actual_text = (f"{result.actual:.2f}{unit}" if result.known else "–") if counted else ""
            result.now_text = (f"{result.now_actual:.2f}{unit}" if result.now_known else "–") if result.differs else ""
            if result.kind in ("fine", "reward"):
                currency = result.company_id.sudo().currency_id
                result.result_text = format_amount(self.env, result.amount, currency)
            else:
                result.result_text = f"{result.completion:.2f} %" if result.known else "–"

    def _keep_as_before(self):
        """Keep the rows of this night, for what will have changed by the next."""
        for result in self:
            result.write({"rows_before": result.rows, "before_on": fields.Datetime.now()})

    def action_open_counted(self):
        """Button: the rows that were counted."""
        return self._open_rows(PARTS[0])

    def action_open_base(self):
        """Button: the rows of the base."""
        return self._open_rows(PARTS[1])

    def action_open_excluded(self):
        """Button: what left the base, with its reasons."""
        return self._open_rows(PARTS[2])

    def _open_rows(self, part):
        """The rows of a part: of a closed month those that it was closed with."""
        self.ensure_one()
        self.check_access("read")
        measured = self.line_id.measure_id and self.line_id.measure_id._get_part(part)
        if not measured:
            raise UserError(self.env._("There are no rows behind “%(name)s”.", name=self.name))
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": measured.model,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", (self.rows or {}).get(part, []))],
            "context": {"active_test": False, "create": False},
        }
