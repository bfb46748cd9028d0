from datetime import timedelta

from odoo import api, fields, models

from ...tools.given import Day, Id, Moment, OneOf, given

# what a call about one of these is to be booked as, and when it invites to come on an estimated day
CALLED_ABOUT = {
    "first_service": "first",
    "periodic_service": "periodic",
    "past_due": "periodic",
    "inspection": "inspection",
}
ESTIMATED = ("first_service", "periodic_service", "past_due")


class Appointment(models.Model):
    """Which times are free: for the booking dialog and for the customer's page (APT-2)."""

    _inherit = "dcrc.appointment"

    @api.model
    @given(
        kind_id=Id("dcrc.appointment.kind"),
        day=Day,
        adviser_id=Id("dcrc.appointment.resource"),
        appointment_id=Id("dcrc.appointment"),
        find=OneOf("near", "next", "previous"),
    )
    def get_free_slots(self, kind_id, day=None, adviser_id=None, appointment_id=None, find=None):
        """The starts of a day, full ones too.

        :param day: "YYYY-MM-DD" on the dealer's calendar (default: today).
        :param appointment_id: appointment that is to be moved: its own places count as free.
        :param find: look for a day with a free time instead of taking `day` itself: "near" it,
            "next" after it, or "previous" before it; `day` is kept when there is none.
        :return: ``{"day", "label", "message": str, "slots": [{"start": UTC text, "label": "HH:MM",
            "until": "HH:MM", "free": bool, "kept": until when for somebody who waits or "",
            "walk_in": bool}]}``; message says why there is none.
        """
        self.check_access("create")
        kind = self.env["dcrc.appointment.kind"].browse(kind_id)
        kind.check_access("read")
        company = kind.company_id
        self._pass_on_offers(company)
        adviser = self.env["dcrc.appointment.resource"].browse(adviser_id or ())
        day = fields.Date.to_date(day) if day else company._dcrc_today()
        days = self._get_days_in_question(company, day, find)
        book = self._get_days_book(company, days or [day], but=self.browse(appointment_id or ()))
        needs = self._get_needs(kind, adviser)
        found = self._find_day(book, needs, company, days) if find else day
        slots = self._look(book, needs, company, found or day)
        return {
            "day": fields.Date.to_string(found or day),
            "label": self._format_day(found or day),
            "message": self._get_no_slot_message(kind, book, found or day, slots, found),
            "slots": [self._prepare_slot(company, slot, book, needs) for slot in slots],
        }

    @api.model
    def _get_days_in_question(self, company, day, find):
        """The bookable days to look at, in the order of preference."""
        today = company._dcrc_today()
        days = [today + timedelta(days=n) for n in range(company.dcrc_booking_days + 1)]
        if find == "next":
            return [one for one in days if one > day]
        if find == "previous":
            return [one for one in reversed(days) if one < day]
        if find == "near":
            return sorted(days, key=lambda one: (abs(one - day), one < day))
        return [day] if day in days else []

    @api.model
    def _get_days_book(self, company, days, but=None):
        """One `tools.slots.Book` over all of `days`."""
        start, stop = company._dcrc_day_bounds(min(days))[0], company._dcrc_day_bounds(max(days))[1]
        return self._get_book(company, start, stop, but)

    @api.model
    def _find_day(self, book, needs, company, days, earliest=None):
        """The first of `days` with a free start, or None."""
        bounds = [self._get_look_bounds(company, day, earliest) for day in days]
        index = book.first_day(needs, bounds)
        return None if index is None else days[index]

    @api.model
    def _get_look_bounds(self, company, day, earliest=None):
        """Between which moments a start may lie on a day: not over yet, not too far ahead."""
        now = fields.Datetime.now()
        start, stop = company._dcrc_day_bounds(day)
        return max(start, earliest or now), min(stop, now + timedelta(days=company.dcrc_booking_days))

    @api.model
    def _look(self, book, needs, company, day, earliest=None):
        """The slots (`tools.slots.Slot`) of a day that are not over, full ones too."""
        return book.look(needs, *self._get_look_bounds(company, day, earliest))

    @api.model
    def _prepare_slot(self, company, slot, book, needs):
        ahead = timedelta(hours=company.dcrc_walk_in_hours)
        kept = None if slot.picks else book.kept_until(slot.start, needs)
        return {
            "start": fields.Datetime.to_string(slot.start),
            "label": f"{company._dcrc_to_local(slot.start):%H:%M}",
            "until": f"{company._dcrc_to_local(slot.stop):%H:%M}",
            "free": bool(slot.picks),
            "kept": self.with_company(company)._format_moment(kept) if kept else "",
            "walk_in": slot.start - fields.Datetime.now() < ahead,
        }

    @api.model
    def _get_no_slot_message(self, kind, book, day, slots, found):
        company = kind.company_id
        free = any(slot.picks for slot in slots)
        if free and found:
            return ""
        if not free and kind._get_problem():
            return kind._get_problem()
        if not found:
            return self.env._("No other day with a free time was found.")
        if day < company._dcrc_today():
            return self.env._("This day is over.")
        if not any(book.starts(*company._dcrc_day_bounds(day))):
            return self.env._("The service is closed on this day.")
        if slots:
            return self.env._("This day is fully booked.")
        return self.env._("No time is left on this day for this kind of work.")

    @api.model
    @given(
        kind_id=Id("dcrc.appointment.kind"),
        start=Moment,
        adviser_id=Id("dcrc.appointment.resource"),
        appointment_id=Id("dcrc.appointment"),
    )
    def get_alternatives(self, kind_id, start, adviser_id=None, appointment_id=None):
        """Why a start can't be had, and the free ones nearest to it, for the booking dialog (APT-2).

        :param start: UTC, "YYYY-MM-DD HH:MM:SS".
        :return: ``{"message", "alternatives": [{"start", "label", "day"}]}`` with two at most; the
            message is empty when the start is free.
        """
        self.check_access("create")
        kind = self.env["dcrc.appointment.kind"].browse(kind_id)
        kind.check_access("read")
        company = kind.company_id
        start = fields.Datetime.to_datetime(start)
        asked = self.new({"company_id": company.id, "kind_id": kind.id})
        book = self._get_book(company, *asked._get_search_bounds(start), but=self.browse(appointment_id or ()))
        needs = self._get_needs(kind, self.env["dcrc.appointment.resource"].browse(adviser_id or ()))
        slot = book.at(start, needs)
        if slot and slot.picks:
            return {"message": "", "alternatives": []}
        refusal = asked.with_company(company)._get_refusal(book, needs, start)
        return {"message": str(refusal), "alternatives": self._prepare_alternatives(company, refusal)}

    @api.model
    def _prepare_alternatives(self, company, full):
        model = self.with_company(company)
        return [
            {
                "start": fields.Datetime.to_string(slot.start),
                "label": model._format_moment(slot.start),
                "day": fields.Date.to_string(company._dcrc_to_local(slot.start).date()),
            }
            for slot in full.slots
        ]

    @api.model
    def _get_wish(self, followup, car, company):
        """Kind of work and day to begin with: those that a call is about.

        :return: (kind, day, estimated day or None); a service is proposed near its estimated day.
        """
        kinds = self.env["dcrc.appointment.kind"]
        today = company._dcrc_today()
        trigger = followup.rule_id.trigger
        key = CALLED_ABOUT.get(trigger)
        if not key:
            return kinds, today, None
        if key != "inspection":
            key = car.dcrc_next_service_kind or key
        template = self.env.ref(f"dcrc_dealer.appointment_kind_{key}", raise_if_not_found=False)
        if template:
            kinds = kinds.search([("company_id", "=", company.id), ("template_ref", "=", template.id)], limit=1)
        due = (car.dcrc_next_service_date or followup.anchor_date) if trigger in ESTIMATED else None
        last = today + timedelta(days=company.dcrc_booking_days)
        return kinds, min(max(due or today, today), last), due
