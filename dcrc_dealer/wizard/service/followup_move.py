from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

MOST_DAYS = 62


class FollowupMove(models.TransientModel):
    """Move planned follow-ups to a day, share them among several, or give them to somebody (REM-2)."""

    _name = "dcrc.followup.move"
    _description = "Move follow-ups"

    followup_ids = fields.Many2many("dcrc.followup", string="Follow-ups", required=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    count = fields.Integer("Chosen", compute="_compute_count")
    mode = fields.Selection(
        [
            ("day", "All on one day"),
            ("spread", "Spread over Several Days"),
            ("shift", "Shift Each"),
            ("stay", "Keep the days"),
        ],
        "Action",
        required=True,
        default="day",
    )
    date = fields.Date("New Date", default=lambda self: self.env.company._dcrc_today() + timedelta(days=1))
    date_to = fields.Date("Until", compute="_compute_date_to", store=True, readonly=False)
    days = fields.Integer("Shift by (Days)", default=7, help="Below zero: earlier.")
    skip_weekend = fields.Boolean("Not on Saturdays and Sundays")
    user_ids = fields.Many2many(
        "res.users",
        string="Give to",
        domain="[('dcrc_role', 'in', ('user', 'manager')), ('company_ids', 'in', company_id)]",
        help="Several people share them evenly. Nobody: they stay with whom they are.",
    )
    preview = fields.Text("Workload by day", compute="_compute_preview")

    @api.depends("followup_ids")
    def _compute_count(self):
        for move in self:
            move.count = len(move.followup_ids)

    @api.depends("date")
    def _compute_date_to(self):
        for move in self:
            move.date_to = move.date_to or move.date and move.date + timedelta(days=6)

    @api.depends("followup_ids", "mode", "date", "date_to", "days", "skip_weekend")
    def _compute_preview(self):
        for move in self:
            try:
                moves = move._get_moves()
            except UserError as error:
                move.preview = str(error)
                continue
            move.preview = move._tell(moves)

    def action_apply(self):
        """Move and give, in the order in which they were to begin."""
        self.ensure_one()
        team = self.user_ids
        outsiders = team - self.company_id._dcrc_specialists()
        if outsiders:
            raise UserError(self.env._("%(name)s is not a specialist of this dealer.", name=outsiders[0].name))
        moves, by_day = self._get_moves(), {}
        for followup, day in moves:
            by_day[day] = by_day.get(day, followup.browse()) | followup
        for place, person in enumerate(team):
            share = [followup.id for followup, _day in moves[place :: len(team)]]
            self.followup_ids.browse(share)._give(person)
        if self.mode != "stay":
            for day, followups in by_day.items():
                followups._move(day)
        return {"type": "ir.actions.act_window_close"}

    def _get_moves(self):
        """``[(follow-up, its new first day)]`` in order."""
        self.ensure_one()
        ordered = self.followup_ids.sorted(lambda f: (f.date_start, f.id))
        if self.mode == "stay":
            return [(followup, followup.date_start) for followup in ordered]
        if self.mode == "shift":
            shift = timedelta(days=self.days)
            return [(followup, self._workday(followup.date_start + shift)) for followup in ordered]
        days = self._get_days()
        if self.mode == "day":
            return [(followup, days[0]) for followup in ordered]
        load, room = self._get_load(days), Counter()
        for _followup in ordered:
            day = min(days, key=lambda day: (load.get(day, 0) + room[day], day))
            room[day] += 1
        return list(zip(ordered, sorted(room.elements()), strict=True))

    def _get_days(self):
        """Days that may be moved to."""
        last = self.date_to if self.mode == "spread" else self.date
        if not self.date or not last:
            raise UserError(self.env._("Choose the day."))
        if last < self.date:
            raise UserError(self.env._("The last day lies before the first."))
        if (last - self.date).days >= MOST_DAYS:
            raise UserError(self.env._("Choose %(days)s days or fewer.", days=MOST_DAYS))
        days = [self.date + timedelta(days=number) for number in range((last - self.date).days + 1)]
        days = [day for day in days if self._workday(day) == day] or [self._workday(last)]
        return days

    def _workday(self, day):
        """The day itself, or the Monday after where weekends are left out."""
        return day + timedelta(days=7 - day.weekday()) if self.skip_weekend and day.weekday() > 4 else day

    def _get_load(self, days):
        """``{day: planned follow-ups that are not moved}`` of the dealer."""
        groups = self.env["dcrc.followup"]._read_group(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("planned", "blocked")),
                ("date_start", ">=", min(days)),
                ("date_start", "<=", max(days)),
                ("id", "not in", self.followup_ids.ids),
            ],
            ["date_start:day"],
            ["__count"],
        )
        return dict(groups)

    def _tell(self, moves):
        """A line a day: what it holds now, what it will hold."""
        if not moves:
            return False
        before = Counter(followup.date_start for followup, _day in moves)
        after = Counter(day for _followup, day in moves)
        days = sorted({*before, *after, *(self._get_days() if self.mode == "spread" else ())})
        rest = self._get_load(days)
        return "\n".join(
            f"{format_date(self.env, day, date_format='MM-dd EEE')}"
            f"    {rest.get(day, 0) + before[day]} → {rest.get(day, 0) + after[day]}"
            for day in days
        )
