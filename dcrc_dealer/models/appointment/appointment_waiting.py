from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class Appointment(models.Model):
    """The waiting list: a freed place offers itself to those who wanted it."""

    _inherit = "dcrc.appointment"

    @api.constrains("waiting", "wanted_from", "wanted_to")
    def _check_wanted(self):
        for appointment in self.filtered("waiting"):
            if not appointment.wanted_from or not appointment.wanted_to:
                raise UserError(self.env._("Say from which day to which day the customer could come."))

    @api.model
    def _get_waiting_domain(self, company):
        """Who waits for a place at a dealer and has no offer at present."""
        now = fields.Datetime.now()
        return (
            Domain("company_id", "=", company.id)
            & Domain("waiting", "=", True)
            & Domain("state", "=", "draft")
            & (Domain("offered_until", "=", False) | Domain("offered_until", "<", now))
        )

    @api.model
    def _offer_freed(self, company, freed):
        """Offer the place freed at `freed` (naive UTC) to the first who wanted that day.

        :return: the appointment that got the offer, or an empty one.
        """
        day = company._dcrc_to_local(freed).date()
        waiting = self.sudo().search(
            self._get_waiting_domain(company)
            & Domain("wanted_from", "<=", day) & Domain("wanted_to", ">=", day),
            order="id",
        )  # fmt: skip
        for appointment in waiting.filtered(lambda a: a.offered_start != freed):
            slot = appointment._find_offer(freed)
            if slot:
                appointment._offer(slot.start)
                return appointment
        return self.browse()

    def _find_offer(self, freed):
        """The free slot at `freed`, else the nearest on the same day; None when there is none."""
        start, stop = self.company_id._dcrc_day_bounds(self.company_id._dcrc_to_local(freed).date())
        book = self._get_book(self.company_id, start, stop)
        needs = self._get_needs(self.kind_id, self.adviser_wanted and self.adviser_id)
        slot = book.at(freed, needs)
        if slot and slot.picks:
            return slot
        now = fields.Datetime.now()
        return next(iter(book.nearest(needs, freed, first=max(start, now), last=stop, count=1)), None)

    def _offer(self, start):
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

    @api.model
    def _renew_offers(self):
        """Offers that ran out go to the next who waits; whose days are over waits no longer."""
        now = fields.Datetime.now()
        over = self.search([("waiting", "=", True), ("state", "=", "draft"), ("offered_until", "<", now)])
        for appointment in over:
            appointment._call_off("appointment_moved")
            if appointment.offered_start > now:
                # whoever let this offer pass is not asked about the same time again
                self._offer_freed(appointment.company_id, appointment.offered_start)
            appointment.offered_until = False
        for company in self.env["res.company"]._dcrc_dealers():
            past = self.search(
                self._get_waiting_domain(company) & Domain("wanted_to", "<", company._dcrc_today())
            )
            past.write({"state": "cancelled", "cancel_note": self.env._("No place became free in time.")})
