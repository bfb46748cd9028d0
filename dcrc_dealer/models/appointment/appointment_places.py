from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.slots import QUARTER, Book, Need, Pool, floor_quarter

ANYTHING = Pool(None, 1)  # nobody is needed: only the opening hours count
LOOK_BACK, LOOK_AHEAD = 1, 14  # days in which alternatives are sought


class SlotFull(UserError):
    """A time that can't be booked; ``slots`` are the free ones nearest to it, two at most."""

    def __init__(self, message, slots=()):
        super().__init__(message)
        self.slots = list(slots)


class _Gone(Exception):
    """Somebody else took a place while we were taking ours."""


class Appointment(models.Model):
    """Taking places so that nobody is ever promised what is not there (APT-2).

    How it works: whoever takes places shares the lock on the adviser, the bay and the kind
    of work (`_share_limits`), so that their limits cannot change meanwhile. The book of the
    day (`tools.slots`) proposes an adviser and a bay, their places are inserted, and the
    unique indexes of `dcrc.appointment.seat` decide. When another transaction was faster,
    the place is marked as taken in the book, and the book proposes again: the next place,
    another adviser, or nothing at all.
    """

    _inherit = "dcrc.appointment"

    @api.constrains("kind_id", "company_id", "adviser_id")
    def _check_own_work(self):
        """Shipped templates belong to no dealer: nobody can book them."""
        for appointment in self.sudo():
            kind, company = appointment.kind_id, appointment.company_id
            adviser = appointment.adviser_id
            if kind.company_id != company or (adviser and adviser.company_id != company):
                raise ValidationError(self.env._("Choose a kind of work and an adviser of this dealer."))

    def _take_places(self):
        """Take the places of each appointment; raise `SlotFull` when there are none."""
        if self._dcrc_told("dcrc_history"):
            return
        self.sudo()._share_limits()
        for appointment in self.sudo():
            appointment._take_place()

    def _take_place(self):
        self.ensure_one()
        start = floor_quarter(self.start)
        self._release_places()
        book = self._get_book(self.company_id, *self._get_search_bounds(start), but=self)
        needs = self._get_own_needs()
        slot = self._try_places(book, needs, start)
        if not slot:
            raise self._get_refusal(book, needs, start)
        self._note_place(slot)

    def _share_limits(self):
        """Let nobody change the limits these appointments are measured against until we are done."""
        kinds = self.kind_id
        resources = self.env["dcrc.appointment.resource"].union(*(kind._get_resources() for kind in kinds))
        kinds._share_limit()
        resources._share_limit()

    def _try_places(self, book, needs, start):
        """Take the places of a start; return its `Slot`, or None when there are not enough."""
        slot = book.at(start, needs)
        while slot and slot.picks:
            if self._take_rows(book, needs, slot):
                return slot
            slot = book.at(start, needs)
        return None

    def _release_places(self):
        self.sudo().seat_ids.unlink()
        self.flush_model()

    def _take_rows(self, book, needs, slot):
        """Insert the places of `slot`; False when one is gone, which then stands in the book."""
        capacity = {pool.key: pool.capacity for need in needs for pool in need.pools}
        rows = [
            (key, quarter, book.place(key, quarter, capacity[key]))
            for key, quarters in slot.picks
            if key
            for quarter in quarters
        ]
        seats = self.env["dcrc.appointment.seat"]
        if rows and not seats._take(self, rows):
            try:
                with self.env.cr.savepoint(flush=False):
                    gone = [row for row in sorted(rows) if not seats._take(self, [row])]
                    if gone:
                        raise _Gone
            except _Gone:
                self._learn(book, gone)
                return False
        for key, quarter, number in rows:
            book.taken.setdefault((key, quarter), set()).add(number)
        return True

    def _learn(self, book, gone):
        """Note what others took meanwhile, which our transaction, begun earlier, cannot see."""
        start, stop = self._get_search_bounds(gone[0][1])
        with self.env.registry.cursor() as cr:
            seats = self.env["dcrc.appointment.seat"].with_env(self.env(cr=cr))
            taken, kept = seats._get_taken(self.company_id, start, stop, self)
        for place, numbers in taken.items():
            book.taken.setdefault(place, set()).update(numbers)
        book.kept.update(kept)
        for key, quarter, number in gone:
            book.taken.setdefault((key, quarter), set()).add(number)

    def _note_place(self, slot):
        keys = [key[1] for key, _quarters in slot.picks if key and key[0] == "resource"]
        resources = self.env["dcrc.appointment.resource"].browse(keys)
        values = {
            "start": slot.start,
            "stop": slot.stop,
            "adviser_id": resources.filtered(lambda r: r.kind == "adviser").id,
            "bay_id": resources.filtered(lambda r: r.kind == "bay").id,
        }
        self._write_place(values)

    def _get_search_bounds(self, start):
        """Between which moments the book must be open to judge `start` and its alternatives."""
        company = self.company_id
        day = company._dcrc_to_local(start).date()
        first = max(day - timedelta(days=LOOK_BACK), min(day, company._dcrc_today()))
        last = day + timedelta(days=LOOK_AHEAD)
        return company._dcrc_day_bounds(first)[0], company._dcrc_day_bounds(last)[1]

    @api.model
    def _get_book(self, company, start, stop, but=None):
        """The book of a dealer between two moments (naive UTC), as `tools.slots.Book`."""
        after = stop + timedelta(days=1)  # work may end after midnight
        taken, kept = self.env["dcrc.appointment.seat"].sudo()._get_taken(company, start, after, but)
        self._add_absences(company, start, after, taken)
        step = int(company.sudo().dcrc_slot_minutes)
        return Book(company._dcrc_openings(start, after), taken, step, kept)

    @api.model
    def _add_absences(self, company, start, stop, taken):
        """Who is away has every place taken."""
        absences = (
            self.env["dcrc.appointment.absence"]
            .sudo()
            .search([("company_id", "=", company.id), ("stop", ">", start), ("start", "<", stop)])
        )
        for absence in absences:
            places = set(range(1, absence.resource_id.capacity + 1))
            quarter = floor_quarter(max(absence.start, start))
            while quarter < min(absence.stop, stop):
                taken.setdefault((("resource", absence.resource_id.id), quarter), set()).update(places)
                quarter += QUARTER

    def _get_own_needs(self):
        return self._get_needs(self.kind_id, self.adviser_wanted and self.adviser_id)

    @api.model
    def _get_needs(self, kind, adviser=None):
        """What a kind of work needs, as `tools.slots.Need`; `adviser`: only this one will do."""
        kind = kind.sudo()
        resources = kind._get_resources()

        def pools(wanted):
            return tuple(
                Pool(("resource", resource.id), resource.capacity)
                for resource in resources
                if resource.kind == wanted and (wanted == "bay" or not adviser or resource == adviser)
            )

        needs = [Need((ANYTHING,), kind.duration)]
        if kind.reception_minutes:
            needs.append(Need(pools("adviser"), kind.reception_minutes))
        if kind.bay_kind:
            needs.append(Need(pools("bay"), kind.duration))
        if kind.max_parallel:
            needs.append(Need((Pool(("kind", kind.id), kind.max_parallel),), kind.duration))
        return needs

    def _check_time(self, start):
        """Refuse times that are over or too far ahead."""
        if self._dcrc_told("dcrc_history"):
            return
        company = self.company_id
        now = fields.Datetime.now()
        if start < floor_quarter(now):
            raise UserError(self.env._("%(time)s is over: choose a later time.", time=self._format_moment(start)))
        if start > now + timedelta(days=company.dcrc_booking_days):
            raise UserError(
                self.env._("Appointments are made up to %(days)s days ahead.", days=company.dcrc_booking_days)
            )

    def _get_refusal(self, book, needs, start):
        """Why `start` can't be had, in words, with two free times nearest to it (APT-2)."""
        earliest = max(fields.Datetime.now(), self._dcrc_told("dcrc_earliest") or fields.Datetime.now())
        slots = book.nearest(needs, start, first=earliest)
        why = self._explain(book, needs, start)
        times = [self._format_moment(slot.start) for slot in slots]
        if len(times) == 2:
            offer = self.env._("Free are %(first)s and %(second)s.", first=times[0], second=times[1])
        elif times:
            offer = self.env._("Free is only %(time)s.", time=times[0])
        else:
            offer = self.kind_id._get_problem() or self.env._(
                "Nothing is free in the next %(days)s days: put the customer on the waiting list.", days=LOOK_AHEAD
            )
        return SlotFull(f"{why} {offer}", slots)

    def _explain(self, book, needs, start):
        time = self._format_moment(start)
        if book.at(start, needs):
            kept = book.kept_until(start, needs)
            if kept and not self._dcrc_told("dcrc_by_customer"):
                return self.env._(
                    "%(time)s is kept until %(until)s for a customer on the waiting list.",
                    time=time,
                    until=self._format_moment(kept),
                )
            return self.env._("%(time)s is fully booked.", time=time)
        if book.quarters(start, 15) is None:
            return self.env._("The service is closed at %(time)s.", time=time)
        return self.env._(
            "%(work)s takes %(minutes)s minutes and would not be done before closing when it begins at %(time)s.",
            work=self.kind_id.name,
            minutes=self.kind_id.duration,
            time=time,
        )
