from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.given import Day, given
from .appointment import EXPECTED
from .appointment_board import BOARD_DAYS


class AppointmentDay(models.Model):
    """A day's board, closed in the evening by the center and handed on with the next three (APT-4)."""

    _name = "dcrc.appointment.day"
    _description = "Day of the appointment board"
    _order = "day desc"
    _rec_name = "day"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    day = fields.Date(required=True, default=lambda self: self.env.company._dcrc_today(), dcrc_once=True)
    closed_on = fields.Datetime("Day Closed On", readonly=True, copy=False)
    closed_by = fields.Many2one("res.users", "Day Closed By", readonly=True, copy=False)
    note = fields.Text("Note for the service desk")
    appointment_ids = fields.Many2many("dcrc.appointment", compute="_compute_appointments")
    total = fields.Integer("Appointments", compute="_compute_appointments")
    came = fields.Integer("Arrived", compute="_compute_appointments")
    expected = fields.Integer("Still expected", compute="_compute_appointments")
    no_show = fields.Integer("No-show", compute="_compute_appointments")

    _day_once = models.UniqueIndex("(company_id, day)", "This day has a board already.")

    @api.depends("day", "company_id")
    def _compute_appointments(self):
        model = self.env["dcrc.appointment"]
        for board in self:
            found = model._get_board_appointments(board.company_id, [board.day])[board.day]
            board.appointment_ids = found
            board.total = len(found)
            board.came = len(found.filtered(lambda a: a.state in ("arrived", "served")))
            board.expected = len(found.filtered(lambda a: a.state in EXPECTED))
            board.no_show = len(found.filtered(lambda a: a.state == "no_show"))

    @api.depends("day")
    def _compute_display_name(self):
        for board in self:
            board.display_name = self.env["dcrc.appointment"]._format_day(board.day) if board.day else ""

    @api.model
    def _get(self, company, day):
        """The board of a day, made when there is none yet."""
        board = self.sudo().search([("company_id", "=", company.id), ("day", "=", day)])
        return board or self.sudo().create({"company_id": company.id, "day": day})

    @api.model
    def _get_closed_on(self, company, day):
        return self.search([("company_id", "=", company.id), ("day", "=", day)]).closed_on

    @api.model
    def action_open_today(self):
        """Menu: today's board to close, with what is still open."""
        self.env["dcrc.appointment"].check_access("write")
        board = self._get(self.env.company, self.env.company._dcrc_today())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Day"),
            "res_model": self._name,
            "res_id": board.id,
            "views": [(False, "form")],
        }

    def action_close(self):
        """Button: the day is over; whoever is still expected did not come. Prints the next days."""
        self.ensure_one()
        self.check_access("write")
        if self.closed_on:
            raise UserError(self.env._("This day was closed already, by %(name)s.", name=self.closed_by.name))
        if self.day > self.company_id._dcrc_today():
            raise UserError(self.env._("This day has not come yet."))
        for appointment in self.appointment_ids.filtered(lambda a: a.state in EXPECTED):
            if appointment.start <= fields.Datetime.now():
                appointment._dcrc_step({"state": "no_show"})
        left = self.appointment_ids.filtered(lambda a: a.state in EXPECTED)
        if left:
            raise UserError(
                self.env._(
                    "%(name)s is expected at %(time)s: close the day after that.",
                    name=left[0].partner_id.display_name,
                    time=left[0]._format_moment(left[0].start),
                )
            )
        self._dcrc_step({"closed_on": fields.Datetime.now(), "closed_by": self.env.uid})
        return self.action_print()

    def action_print(self):
        """Button: the sheet of the next three days."""
        return self.env.ref("dcrc_dealer.appointment_sheet_report").report_action(self)

    @api.model
    @given(day=Day)
    def action_print_next(self, day=None):
        """Print the three days from `day` on (default today); for the board's own button."""
        self.env["dcrc.appointment"].check_access("read")
        day = fields.Date.to_date(day) if day else self.env.company._dcrc_today()
        board = self._get(self.env.company, day)
        return board.with_env(self.env).action_print()

    def _get_printed_words(self):
        """When the sheet is printed, on the dealer's clock: of two sheets the newer one counts."""
        return self.env["dcrc.appointment"].with_company(self.company_id)._format_moment(fields.Datetime.now())

    def _get_sheet(self):
        """What the sheet shows: the next three days, after this day itself as long as it isn't closed (APT-4)."""
        self.ensure_one()
        model = self.env["dcrc.appointment"]
        days = [self.day + timedelta(days=n) for n in range(1 if self.closed_on else 0, BOARD_DAYS + 1)]
        by_day = model._get_board_appointments(self.company_id, days)
        return [model._prepare_board_day(self.company_id, day, by_day[day]) for day in days]
