from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PayLine(models.Model):
    """A line of a KPI scheme: a weight on a measure's completion, a bracket around others, a fine or a reward."""

    _name = "dcrc.pay.line"
    _description = "Line of a KPI Scheme"
    _order = "scheme_id, sequence, id"
    _check_company_auto = True

    scheme_id = fields.Many2one("dcrc.pay.scheme", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True, precompute=True)
    is_template = fields.Boolean(related="scheme_id.is_template")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [("weight", "Completion"), ("group", "Bracket"), ("fine", "Fine"), ("reward", "Reward")],
        required=True,
        default="weight",
        help="Completion: actual ÷ target, by its weight.\nBracket: the sum of the lines within it, by its weight.\n"
        "Fine, reward: an amount for each missing case, or once when the figure is below (from) a limit.",
    )
    parent_id = fields.Many2one(
        "dcrc.pay.line",
        "Within",
        index="btree_not_null",
        ondelete="cascade",
        copy=False,
        check_company=True,
        domain="[('scheme_id', '=', scheme_id), ('kind', '=', 'group')]",
    )
    child_ids = fields.One2many("dcrc.pay.line", "parent_id", "Lines Within")
    measure_code = fields.Char(
        "Code of the Measure", help="Stays when the part of the center that brings the measure is not there."
    )
    measure_id = fields.Many2one("dcrc.measure", compute="_compute_measure_id", inverse="_inverse_measure_id")
    # completion
    weight = fields.Float("Weight (%)", digits=(5, 1))
    target = fields.Float(digits=(12, 2), help="In the measure's unit.")
    cap = fields.Float("Completion up to (%)", default=100.0, digits=(5, 1), help="0: as far as it goes.")
    # fines and rewards
    amount = fields.Float(digits=(12, 2))
    per = fields.Selection(
        [("case", "For each missing case"), ("month", "Once a month")], default="month", help="Missing: base − counted."
    )
    limit = fields.Float(digits=(12, 2), help="Fine: when the figure is below. Reward: from it on.")
    enabled = fields.Boolean("On", default=True)
    date_from = fields.Date("From")
    date_to = fields.Date("Until")

    _weight_sane = models.Constraint("CHECK (weight >= 0 AND weight <= 100)", "A weight is between 0 and 100 %.")
    _amounts_sane = models.Constraint(
        "CHECK (amount >= 0 AND cap >= 0 AND target >= 0)", "Amounts, caps and targets cannot be negative."
    )

    @api.depends("measure_code")
    def _compute_measure_id(self):
        measures = self.env["dcrc.measure"].search([("code", "in", self.mapped("measure_code"))])
        by_code = {measure.code: measure for measure in measures}
        for line in self:
            line.measure_id = by_code.get(line.measure_code)

    def _inverse_measure_id(self):
        for line in self:
            line.measure_code = line.measure_id.code

    @api.constrains("parent_id", "scheme_id")
    def _check_parent(self):
        for line in self.filtered("parent_id"):
            if line.parent_id.scheme_id != line.scheme_id or line.parent_id.kind != "group" or line._has_cycle():
                raise ValidationError(self.env._("A line stands within a bracket of its own scheme."))

    @api.constrains("kind", "measure_code", "target")
    def _check_measure(self):
        for line in self:
            if line.kind != "group" and not line.measure_code:
                raise ValidationError(self.env._("“%(name)s” needs a measure.", name=line.name))
            if line.kind == "weight" and line.target <= 0:
                raise ValidationError(self.env._("“%(name)s” needs a target.", name=line.name))

    def _get_share(self):
        """The line's part of the whole, 0 … 1: its weight by those of the brackets around it."""
        self.ensure_one()
        share, line = 1.0, self
        while line:
            share *= line.weight / 100.0
            line = line.parent_id
        return share

    def _get_depth(self):
        """How many brackets stand around the line."""
        depth, line = 0, self.parent_id
        while line:
            depth, line = depth + 1, line.parent_id
        return depth

    def _get_ordered(self, parent=None):
        """These lines as they stand in a list: a bracket before what is within it."""
        ordered = self.browse()
        for line in self.filtered(lambda line: line.parent_id == (parent or self.browse())):
            ordered += line + self._get_ordered(line)
        return ordered

    def _get_completion(self, value, direction):
        """Actual ÷ target in percent (target ÷ actual where less is better), up to the cap."""
        self.ensure_one()
        if direction == "down":
            completion = 100.0 * (1.0 if value <= self.target else self.target / value)
        else:
            completion = 100.0 * value / self.target
        return min(completion, self.cap) if self.cap else completion

    def _is_on(self, month):
        """Whether a fine or reward holds in a month."""
        self.ensure_one()
        last = fields.Date.add(month, months=1, days=-1)
        begun, ended = not self.date_from or self.date_from <= last, self.date_to and self.date_to < last
        return self.enabled and begun and not ended

    def _get_amount(self, figure):
        """What a fine (negative) or a reward comes to for a figure that is known."""
        self.ensure_one()
        sign = -1.0 if self.kind == "fine" else 1.0
        if self.per == "case":
            missing = max(figure.denominator - figure.numerator, 0) if figure.denominator else 0
            return sign * self.amount * missing
        reached = figure.value >= self.limit
        return sign * self.amount if reached == (self.kind == "reward") else 0.0
