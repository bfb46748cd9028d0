from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.given import Day, DayOrMoment, given
from ...tools.mask import mask_phone

BOARD_DAYS = 3


class Appointment(models.Model):
    """The board of the next three days, for the service desk (APT-4)."""

    _inherit = "dcrc.appointment"

    def _dcrc_revealed_number(self):
        """The number of this appointment, else the customer's best one."""
        return self.phone or super()._dcrc_revealed_number()

    @api.model
    @api.readonly
    @given(day=Day)
    def get_board(self, day=None):
        """What the board shows: three days from `day` ("YYYY-MM-DD", default today).

        Phones are masked, names are those of the file; whoever may not read the file may
        still read the board of the own dealer (record rules decide which appointments).

        :return: ``{"day", "dealer", "time": "HH:MM", "can_edit": bool, "can_move": bool, "days": [{"day",
            "label", "title", "closed_on", "counts": {"total", "here", "late"}, "hours": [{"hour": "09:00",
            "cards": [card]}]}]}``; card: id, time, until, arrived, name, plate, car, kind, adviser, bay,
            phone, items, benefits, papers, state, state_label, walk_in, guest (see `_prepare_guest`),
            moves (what `move_on_board` would do now).
        """
        company = self.env.company
        first = fields.Date.to_date(day) if day else company._dcrc_today()
        days = [first + timedelta(days=n) for n in range(BOARD_DAYS)]
        by_day = self._get_board_appointments(company, days)
        local = company._dcrc_now()
        return {
            "day": fields.Date.to_string(first),
            "dealer": company.name,
            "time": f"{local:%H:%M}",
            "can_edit": self.has_access("write"),
            "can_move": self._may_move(),
            "days": [self._prepare_board_day(company, day, by_day[day]) for day in days],
        }

    @api.model
    def _get_board_appointments(self, company, days):
        """``{day: appointments}`` that the user may see, in the order of the day."""
        found = self.search(
            [("company_id", "=", company.id), ("day", "in", days), ("state", "not in", ("draft", "cancelled"))],
            order="start, id",
        )
        found.sudo().fetch(["start", "stop", "partner_id", "vehicle_id", "kind_id", "state", "phone"])
        groups = found.grouped("day")
        return {day: groups.get(day, self.browse()) for day in days}

    @api.model
    def _prepare_board_day(self, company, day, appointments):
        cards = [appointment._prepare_card() for appointment in appointments.sudo()]
        hours = {}
        for card in cards:
            hours.setdefault(f"{card['time'][:2]}:00", []).append(card)
        closed = self.env["dcrc.appointment.day"].sudo()._get_closed_on(company, day)
        return {
            "day": fields.Date.to_string(day),
            "label": self._format_day(day),
            "title": self._get_day_title(company, day),
            "closed_on": closed and f"{company._dcrc_to_local(closed):%H:%M}",
            "counts": {
                "total": len(cards),
                "here": sum(card["state"] in ("arrived", "served") for card in cards),
                "late": sum(card["state"] == "late" for card in cards),
            },
            "hours": [{"hour": hour, "cards": group} for hour, group in sorted(hours.items())],
        }

    @api.model
    def _get_day_title(self, company, day):
        titles = {0: self.env._("Today"), 1: self.env._("Tomorrow"), 2: self.env._("Day after tomorrow")}
        return titles.get((day - company._dcrc_today()).days, self._format_day(day))

    def _prepare_card(self):
        """One appointment as the board and the sheet show it (called as root)."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        local = self.company_id._dcrc_to_local
        return {
            "id": self.id,
            "time": f"{local(self.start):%H:%M}",
            "until": f"{local(self.stop):%H:%M}" if self.stop else "",
            "arrived": f"{local(self.arrived_on):%H:%M}" if self.arrived_on else "",
            "name": self.partner_id._dcrc_title_name(),
            "plate": self.vehicle_id.license_plate or "",
            "car": self.vehicle_id.model_id.name or "",
            "kind": self.kind_id.name,
            "adviser": self.adviser_id.name or "",
            "bay": self.bay_id.name or "",
            "phone": mask_phone(self.phone),
            "items": self.items or "",
            "benefits": self.benefits or "",
            "papers": self.kind_id.papers or "",
            "state": self.state,
            "state_label": states[self.state],
            "walk_in": self.walk_in,
            "guest": self._prepare_guest(),
            "moves": self._get_desk_moves(),
        }

    @api.model
    def _get_lists(self):
        return {**super()._get_lists(), **self._get_domains()}

    @api.model
    def _get_domains(self):
        """Named lists of the room; board, tiles and filters use only these.

        Keys: today, tomorrow, coming (from today on), to_confirm (tomorrow, not confirmed), expected (today,
        not here yet), late, waiting.
        """
        company = self.env.company
        today = company._dcrc_today()
        mine = Domain("company_id", "=", company.id)
        alive = mine & Domain("state", "not in", ("draft", "cancelled"))
        tomorrow = today + timedelta(days=1)
        return {
            "today": alive & Domain("day", "=", today),
            "tomorrow": alive & Domain("day", "=", tomorrow),
            "coming": alive & Domain("day", ">=", today),
            "to_confirm": mine & Domain("state", "=", "booked") & Domain("day", "=", tomorrow),
            "expected": mine & Domain("day", "=", today) & Domain("state", "in", ("booked", "confirmed", "late")),
            "late": mine & Domain("day", "=", today) & Domain("state", "=", "late"),
            "waiting": mine & Domain("waiting", "=", True) & Domain("state", "=", "draft"),
        }

    @api.model
    @api.readonly
    @given(date_from=DayOrMoment, date_to=DayOrMoment)
    def get_unusual_days(self, date_from, date_to=None):
        """Closed days, for the calendar: ``{"YYYY-MM-DD": True when closed}``."""
        company = self.env.company
        day = fields.Date.to_date(date_from[:10])
        last = fields.Date.to_date((date_to or date_from)[:10])
        spans = company._dcrc_openings(company._dcrc_day_bounds(day)[0], company._dcrc_day_bounds(last)[1])
        opened = {company._dcrc_to_local(start).date() for start, _stop in spans}
        days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
        return {fields.Date.to_string(one): one not in opened for one in days}
