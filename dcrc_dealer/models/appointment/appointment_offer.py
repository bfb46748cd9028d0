from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.slots import floor_quarter


class Appointment(models.Model):
    """An offer to somebody on the waiting list holds its places until it is answered.

    The places are the same rows as those of a booking, so nobody else gets them, however
    many ask at the same moment. They are given back, and offered to the next, when the
    offer is declined or runs out, and when the wish it answers changes or ends.
    """

    _inherit = "dcrc.appointment"

    offer_open = fields.Boolean("Offer stands", compute="_compute_offer_open")

    @api.depends("offered_until", "state")
    def _compute_offer_open(self):
        now = fields.Datetime.now()
        for appointment in self:
            until = appointment.offered_until
            appointment.offer_open = appointment.state == "draft" and bool(until) and until > now

    def action_take_offer(self):
        """Button: the customer takes the place that is kept."""
        self.check_access("write")
        for appointment in self:
            if not appointment.offer_open:
                raise UserError(
                    self.env._(
                        "No place is kept for %(name)s any more: find another time.",
                        name=appointment.partner_id.display_name,
                    )
                )
            appointment.start = appointment.offered_start

    def action_decline_offer(self):
        """Button: the customer does not want the place that is kept, and waits on."""
        self.check_access("write")
        self._end_offers()

    def _answer_offer(self, decision):
        """What the customer said: "take", "wait" (for another place) or "leave" the waiting list."""
        if decision == "take":
            self.action_take_offer()
        elif decision == "leave":
            self._dcrc_step({"state": "cancelled", "cancel_note": self.env._("Needs no place any more")})
        else:
            self.action_decline_offer()

    # -- holding ---------------------------------------------------------------

    def _offer(self, freed, book=None):
        """Hold the places at `freed`, else the nearest free ones of that day, and call the customer.

        :param book: `tools.slots.Book` of the day, for offering to several.
        :return: whether there was a place.
        """
        self.ensure_one()
        slot = self._hold(freed, book)
        if slot:
            self._note_offer(slot.start)
        return bool(slot)

    def _hold(self, freed, book=None):
        """Take places for an offer; return the `tools.slots.Slot`, or None when there are none."""
        company = self.company_id
        first, last = company._dcrc_day_bounds(company._dcrc_to_local(freed).date())
        self._share_limits()
        self._release_places()
        book = book or self._get_book(company, first, last, but=self)
        needs = self._get_own_needs()
        slot, taken = book.at(freed, needs), None
        first = max(first, fields.Datetime.now())
        while not taken:
            if not slot or not slot.picks:
                slot = next(iter(book.nearest(needs, freed, first=first, last=last, count=1)), None)
            if not slot:
                return None
            taken = self._try_places(book, needs, slot.start)
            slot = None
        return taken

    def _note_offer(self, start):
        """Note the offer and have the customer called; the link shows it, too."""
        company = self.company_id
        now = fields.Datetime.now()
        until = min(now + timedelta(hours=company.dcrc_offer_hours), start)
        self.write(
            {
                "offered_start": start,
                "offered_until": until,
                "offered_day": company._dcrc_today(),
                "link_until": max(self.link_until or now, until),
            }
        )
        self._call_off("appointment_moved")
        self._plan_followups("appointment_offer")

    def _end_offers(self):
        """Give the kept places back and offer them to whoever waits next."""
        offers = self.sudo().filtered(lambda a: a.state == "draft" and a.offered_until)
        for offer in offers:
            offer._release_places()
        offers.write({"offered_until": False})
        offers._call_off("appointment_moved")
        for company, ended in offers.grouped("company_id").items():
            self._offer_freed(company, ended.mapped("offered_start"))

    def _check_offer(self):
        """After a change of the wish: keep the same time with other places, or let the offer go."""
        self.ensure_one()
        offer = self.sudo()
        start = offer.offered_start
        day = offer.company_id._dcrc_to_local(start).date()
        if offer.waiting and offer.wanted_from <= day <= offer.wanted_to:
            offer._share_limits()
            offer._release_places()
            book = offer._get_book(offer.company_id, *offer._get_search_bounds(start), but=offer)
            if offer._try_places(book, offer._get_own_needs(), floor_quarter(start)):
                return
        offer._end_offers()

    @api.model
    def _pass_on_offers(self, companies):
        """Let offers that ran out go to the next; what somebody else works on is left to them."""
        over = self.sudo().search(
            Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "draft")
            & Domain("offered_until", "<=", fields.Datetime.now())
        )
        over.try_lock_for_update(allow_referencing=True)._end_offers()

    def _get_place_words(self):
        """When this appointment keeps its places, for lists of what is booked."""
        self.ensure_one()
        if self.state != "draft":
            return self._format_moment(self.start)
        return self.env._(
            "%(time)s, kept until %(until)s",
            time=self._format_moment(self.offered_start),
            until=self._format_moment(self.offered_until),
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_offers(self):
        """A deleted wish gives its kept places to the next."""
        self.sudo().filtered("offered_until").write({"waiting": False})
