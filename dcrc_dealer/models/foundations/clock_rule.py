from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

LOOK_AHEAD = 60  # days in which the close of a working day is looked for
OFFICE_AHEAD = 150  # the same for working days of offices
OFFICE_CLOSE = 17.5  # where the house itself is closed on a working day of offices


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
        [("1", "Normal"), ("2", "Escalated"), ("3", "Major")], help="Empty: all levels without a rule of their own."
    )
    unit = fields.Selection(
        [
            ("work", "working hours"),
            ("wall", "hours, day and night"),
            ("day", "closing time, so many days later"),
            ("office", "working days of offices"),
            ("given", "moment that the matter itself names"),
        ],
        required=True,
        default="work",
        help="Working hours are counted while the house is open.\n"
        "Closing time, 0 days later: the evening of the day; of the next open one when it comes after hours.\n"
        "Working days of offices: Monday to Friday without the house's holidays, and weekends with hours of their own.",
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
        for rule in self:
            most = {"day": LOOK_AHEAD, "office": OFFICE_AHEAD}.get(rule.unit)
            if most and rule.amount > most // 2:
                raise ValidationError(self.env._("Choose at most %(count)s days.", count=most // 2))

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
        if self._is_wall():
            return start + timedelta(minutes=minutes)
        return self.company_id._dcrc_add_work(start, minutes)

    def _count(self, start, stop):
        """Minutes between two moments, as this rule counts."""
        if self._is_wall():
            return max((stop - start).total_seconds() / 60, 0)
        return self.company_id._dcrc_count_work(start, stop)

    def _is_wall(self):
        """Whether nights and closed days count, too."""
        return self.unit in ("wall", "given")

    def _get_minutes(self, start, given=None):
        """How many minutes what begins at `start` has; `given`: the moment that the matter itself names."""
        if self.unit == "given" and given:
            return self._count(start, given)
        if self.unit in ("day", "office"):
            close = self._get_close(start) if self.unit == "day" else self._get_office_close(start)
            return self._count(start, close)
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

    def _get_office_close(self, start):
        """The close of the last of so many working days of offices, the day after `start` being the first."""
        company = self.company_id
        first = company._dcrc_to_local(start).date() + timedelta(days=1)
        hours = company._dcrc_day_hours(first, first + timedelta(days=OFFICE_AHEAD))
        days = [day for day in hours if self._is_office_day(day, hours[day])]
        day = days[min(max(int(self.amount), 1), len(days)) - 1]
        close = hours[day][-1][1] if hours[day] else OFFICE_CLOSE
        return company._dcrc_to_utc(datetime.combine(day, datetime.min.time()) + timedelta(hours=close))

    def _is_office_day(self, day, hours):
        """Monday to Friday, unless the house has a holiday; a weekend that has hours of its own (调休)."""
        calendar = self.company_id.sudo().dcrc_opening_id
        if day.weekday() >= 5:
            return day in calendar.dcrc_day_ids.mapped("date")
        usual = str(day.weekday()) in calendar.attendance_ids.mapped("dayofweek")
        return bool(hours) or not usual
