from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..foundations.gate import Question


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
        return (
            Domain("company_id", "=", company.id)
            & Domain("waiting", "=", True)
            & Domain("state", "=", "draft")
            & Domain("offered_until", "=", False)
        )

    @api.model
    def _offer_freed(self, company, moments):
        """Offer what became free at `moments` (naive UTC) to those who wanted these days.

        Who waits longest is asked first; each offer holds its places, so that one place is
        never offered twice, and as many are asked as there is room for.

        :return: the appointments that got an offer.
        """
        now = fields.Datetime.now()
        offered = self.browse()
        for freed in sorted({moment for moment in moments if moment > now}):
            day = company._dcrc_to_local(freed).date()
            waiting = self.sudo().search(
                self._get_waiting_domain(company) & Domain("wanted_from", "<=", day) & Domain("wanted_to", ">=", day),
                order="id",
            )
            # whoever let an offer of this time pass is not asked about it again
            waiting = waiting.filtered(lambda a, freed=freed: a.offered_start != freed)._get_callable(company)
            if waiting:
                book = self._get_book(company, *company._dcrc_day_bounds(day))
                offered |= waiting.filtered(lambda a, freed=freed, book=book: a._offer(freed, book))
        return offered

    def _get_callable(self, company):
        """Those of these whose customers may be called: nobody else could answer an offer."""
        question = Question(
            company=company,
            partner=SQL("a.partner_id"),
            vehicle=SQL("a.vehicle_id"),
            channel=SQL("'phone'"),
            purpose=SQL("'care'"),
            day=SQL("%s::date", company._dcrc_today()),
        )
        source = SQL("(SELECT * FROM dcrc_appointment WHERE id = ANY(%s)) a", self.ids)
        refused = self.env["dcrc.gate"]._answer(source, SQL("a.id"), question, passing=False)
        return self.filtered(lambda a: a.id not in refused)

    @api.model
    def _renew_offers(self):
        """Offers that ran out go to the next who waits; whose days are over waits no longer."""
        dealers = self.env["res.company"]._dcrc_dealers()
        self._pass_on_offers(dealers)
        for dealer in dealers:
            past = self.search(self._get_waiting_domain(dealer) & Domain("wanted_to", "<", dealer._dcrc_today()))
            past.write({"state": "cancelled", "cancel_note": self.env._("No place became free in time.")})

    def _end_other_waiting(self):
        """Who has an appointment now waits no longer for another one of the same kind and car."""
        for appointment in self.sudo().filtered(lambda a: a.state in ("booked", "confirmed")):
            others = self.sudo().search(self._get_same_wish_domain(appointment) & Domain("id", "!=", appointment.id))
            others.write(
                {"state": "cancelled", "cancel_note": self.env._("Booked as %(number)s", number=appointment.name)}
            )

    @api.model
    def _get_same_wish_domain(self, appointment):
        return (
            Domain("company_id", "=", appointment.company_id.id)
            & Domain("waiting", "=", True)
            & Domain("state", "=", "draft")
            & Domain("partner_id", "=", appointment.partner_id.id)
            & Domain("kind_id", "=", appointment.kind_id.id)
            & Domain("vehicle_id", "=", appointment.vehicle_id.id)
        )
