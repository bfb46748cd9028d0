import calendar
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

SERVICE = ("first_service", "periodic_service")
DEADLINES = ("insurance", "warranty_end", "inspection", "licence")
DESK_CALL = "insurance_called"
# their delay counts backwards from the day itself
BEFORE = (*SERVICE, *DEADLINES)
ON_CARS = (*BEFORE, "past_due", DESK_CALL)
# about one service of the car: called off when it has been done
CYCLE = (*SERVICE, "past_due")
ON_PEOPLE = ("birthday", "holiday")
LAST_WEEK = 7
# a day corrected by no more than this is the same one still; inspections of old cars are half a year apart
NEAR_DAYS = {**dict.fromkeys(DEADLINES, 120), "birthday": 60}


class FollowupRule(models.Model):
    """Reminders: rules that look ahead to a day that is known (handbook REM-2 … REM-4)."""

    _inherit = "dcrc.followup.rule"

    trigger = fields.Selection(
        selection_add=[
            ("first_service", "First service is due"),
            ("periodic_service", "Periodic service is due"),
            ("past_due", "A car is past its forecast service"),
            ("insurance", "Insurance ends"),
            (DESK_CALL, "The insurance desk has called"),
            ("warranty_end", "Warranty ends"),
            ("inspection", "Annual inspection is due"),
            ("licence", "Driving license is due"),
            ("birthday", "Birthday"),
            ("holiday", "Festival"),
        ],
        ondelete=dict.fromkeys((*ON_CARS, *ON_PEOPLE), "cascade"),
    )
    counts_back = fields.Boolean("Before the Day", compute="_compute_counts_back")
    starts = fields.Char(compute="_compute_starts")
    festival_id = fields.Many2one("dcrc.festival", ondelete="restrict", check_company=True)
    # greetings: on their day, or not at all
    text_hour = fields.Float(
        "Text instead from",
        help="Whom nobody has called by this hour gets the text message on the same day. 0: no text of its own accord.",
    )
    late_days = fields.Integer(
        "Belated for (days)",
        help="A number that is put right within so many days gets the missed greeting, in other words. 0: never.",
    )
    late_template_id = fields.Many2one(
        "sms.template", "Belated text", domain="[('model', '=', 'dcrc.followup')]", help="Says that it comes late."
    )
    sample_percent = fields.Integer(
        "Share (%)",
        default=100,
        help="So many of a hundred are called. The choice is fixed for each car and day: planning"
        " again picks the same. Used to check a part of the calls that the insurance desk has made (REM-3).",
    )

    _sample_sane = models.Constraint(
        "CHECK (sample_percent BETWEEN 1 AND 100)", "The share lies between 1 and 100 percent."
    )
    _greeting_sane = models.Constraint(
        "CHECK (text_hour >= 0 AND text_hour < 24 AND late_days BETWEEN 0 AND 60)",
        "The hour lies within the day, belated greetings within 60 days.",
    )
    _festival_named = models.Constraint(
        "CHECK (trigger != 'holiday' OR festival_id IS NOT NULL)", "Choose the festival."
    )

    @api.depends("trigger")
    def _compute_counts_back(self):
        for rule in self:
            rule.counts_back = rule.trigger in BEFORE

    @api.depends("trigger", "delay_count", "delay_unit")
    @api.depends_context("lang")
    def _compute_starts(self):
        units = dict(self._fields["delay_unit"]._description_selection(self.env))
        for rule in self:
            said = {"count": rule.delay_count, "unit": units.get(rule.delay_unit, "")}
            if not rule.delay_count:
                rule.starts = self.env._("on the day")
            elif rule.counts_back:
                rule.starts = self.env._("%(count)s %(unit)s before", **said)
            else:
                rule.starts = self.env._("%(count)s %(unit)s after", **said)

    def write(self, vals):
        result = super().write(vals)
        if not {"sample_percent", "festival_id"}.isdisjoint(vals):
            super().write({"planned_until": False, "planned_at": False})
        return result

    @api.model
    def _get_sources(self):
        on_cars, on_people = dict.fromkeys(ON_CARS, "fleet.vehicle"), dict.fromkeys(ON_PEOPLE, "res.partner")
        return {**super()._get_sources(), **on_cars, **on_people}

    def _get_offset(self):
        offset = super()._get_offset()
        return -offset if self.trigger in BEFORE else offset

    def _get_start(self):
        """A new car is missed only when its own first service is due (FUP-3)."""
        start = super()._get_start()
        if self.trigger != "new_car_no_visit":
            return start
        return SQL(
            """GREATEST(%s, (SELECT z.dcrc_next_service_date FROM fleet_vehicle z
                              WHERE z.id = c.vehicle_id AND z.dcrc_next_service_kind = 'first'))""",
            start,
        )

    def _get_dates(self, anchor, vehicle=None):
        first = vehicle and vehicle.dcrc_next_service_kind == "first" and vehicle.dcrc_next_service_date
        if self.trigger == "new_car_no_visit" and first:
            anchor = max(anchor, first - self._get_offset())
        return super()._get_dates(anchor, vehicle)

    def _waits_for_opening(self):
        # a greeting is for its day
        return self.trigger not in ON_PEOPLE and super()._waits_for_opening()

    def _get_occurrence(self):
        """A service is called about once between two services, however its forecast moves (REM-7).

        Nor is somebody called again about a deadline or birthday that was corrected by some days (FUP-12).
        """
        if self.trigger in NEAR_DAYS:
            return self._get_near_occurrence(super()._get_occurrence())
        if self.trigger not in CYCLE:
            return super()._get_occurrence()
        return SQL(
            "COALESCE((SELECT z.dcrc_last_service_date FROM fleet_vehicle z WHERE z.id = c.source_id)::text, 'new')"
        )

    def _get_near_occurrence(self, usual):
        """SQL: the time of the call that was made already about a day close by, else the usual one."""
        return SQL(
            """COALESCE((SELECT g.occurrence FROM dcrc_followup g
                          WHERE g.rule_id = %(rule)s AND g.source_model = %(model)s AND g.source_id = c.source_id
                            AND g.state IN ('done', 'failed')
                            AND g.anchor_date BETWEEN c.anchor_date - %(near)s AND c.anchor_date + %(near)s
                          ORDER BY g.anchor_date DESC LIMIT 1), %(usual)s)""",
            rule=self._origin.id or 0,
            model=self.source_model,
            near=NEAR_DAYS[self.trigger],
            usual=usual,
        )

    def _get_list_end(self, today):
        """Last start day of the list that must be ready `today`: the month, in its last week the next too."""
        month_end = today.replace(day=calendar.monthrange(today.year, today.month)[1])
        if (month_end - today).days >= LAST_WEEK:
            return month_end
        after = month_end + timedelta(days=1)
        return after.replace(day=calendar.monthrange(after.year, after.month)[1])
