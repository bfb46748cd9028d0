from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LOOK_AHEAD = 60  # days in which the close of a working day is looked for


class ClockRule(models.Model):
    """How long something may take, and who is told when it takes longer: data per kind and level.

    Rooms add their kinds with ``selection_add`` and say which records run such a clock in
    `dcrc.clock.mixin._get_clocks`. A rule without a level is for all levels that have none of their own.
    """

    _name = "dcrc.clock.rule"
    _description = "Time limit"
    _inherit = ["dcrc.template.mixin"]
    _order = "kind, level, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(
        default=True, help="Switched off: what runs by this rule ends, and nobody is told any more."
    )
    kind = fields.Selection([], "Type", required=True, help="What is counted.")
    level = fields.Selection(
        [("1", "Normal"), ("2", "Serious"), ("3", "Critical")], help="Empty: all levels without a rule of their own."
    )
    unit = fields.Selection(
        [("work", "working hours"), ("wall", "hours, day and night"), ("day", "closing time, so many days later")],
        required=True,
        default="work",
        help="Working hours are counted while the house is open.\n"
        "Closing time, 0 days later: the evening of the day; of the next open one when it comes after hours.",
    )
    amount = fields.Float("Limit", required=True, default=8.0)
    warn_minutes = fields.Integer(
        "Warn before (minutes)", help="The person in charge hears of it so long before it is late. 0: not at all."
    )
    step_ids = fields.One2many("dcrc.clock.step", "rule_id", "Ladder", copy=True)

    _figures_sane = models.Constraint(
        "CHECK (amount >= 0 AND amount <= 10000 AND warn_minutes >= 0)", "A time limit cannot be negative."
    )
    _one_rule = models.UniqueIndex(
        "(company_id, kind, COALESCE(level, '')) WHERE active AND NOT is_template",
        "There is a rule of this kind and level already.",
    )

    @api.constrains("unit", "amount")
    def _check_days(self):
        if any(rule.unit == "day" and rule.amount > LOOK_AHEAD / 2 for rule in self):
            raise ValidationError(self.env._("Choose at most %(count)s days.", count=LOOK_AHEAD // 2))

    def write(self, vals):
        if "unit" in vals:
            self.env["dcrc.clock"]._settle_rules(self)  # what has run was counted the old way
        result = super().write(vals)
        if not {"active", "kind", "level", "unit", "amount", "warn_minutes"}.isdisjoint(vals):
            self.env["dcrc.clock"]._refresh_rules(self)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        self.env["dcrc.clock"]._refresh_rules(rules)
        return rules

    @api.ondelete(at_uninstall=False)
    def _end_clocks(self):
        self.env["dcrc.clock"].sudo().search([("rule_id", "in", self.ids)])._end("rule")

    @api.model
    def _get_for(self, company, kind, level):
        """The rule of a dealer for a kind and level (empty when nothing is counted)."""
        rules = self.sudo().search([("company_id", "=", company.id), ("kind", "=", kind)])
        return rules.filtered(lambda rule: level and rule.level == level) or rules.filtered(lambda rule: not rule.level)

    def _get_steps_after(self, step):
        """The rungs above `step` (all of them when it is none of this ladder)."""
        self.ensure_one()
        if step.rule_id != self:
            return self.step_ids
        return self.step_ids.filtered(lambda s: (s.after_minutes, s.id) > (step.after_minutes, step.id))

    # -- counting --------------------------------------------------------------

    def _add(self, start, minutes):
        """The moment when `minutes` have passed since `start`, as this rule counts (naive UTC)."""
        if self.unit == "wall":
            return start + timedelta(minutes=minutes)
        return self.company_id._dcrc_add_work(start, minutes)

    def _count(self, start, stop):
        """Minutes between two moments, as this rule counts."""
        if self.unit == "wall":
            return max((stop - start).total_seconds() / 60, 0)
        return self.company_id._dcrc_count_work(start, stop)

    def _get_minutes(self, start):
        """How many minutes what begins at `start` has."""
        if self.unit == "day":
            return self._count(start, self._get_close(start))
        return self.amount * 60

    def _get_close(self, start):
        company = self.company_id
        local = company._dcrc_to_local(start)
        hours = company._dcrc_day_hours(local.date(), local.date() + timedelta(days=LOOK_AHEAD))
        midnight = datetime.min.time()
        closes = [
            datetime.combine(day, midnight) + timedelta(hours=spans[-1][1]) for day, spans in hours.items() if spans
        ]
        closes = [close for close in closes if close > local] or [local]
        return company._dcrc_to_utc(closes[min(int(self.amount), len(closes) - 1)])
