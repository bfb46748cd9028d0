from datetime import timedelta

from odoo import api, fields, models

MATCHING = ("booked", "confirmed", "late", "arrived", "no_show", "served")


class Appointment(models.Model):
    """Finding the repair order that an appointment became (APT-5)."""

    _inherit = "dcrc.appointment"

    @api.model
    def _link_visits(self, visits=None):
        """Join appointments and repair orders of the same car on (about) the same day.

        :param visits: repair orders that came in just now (default: those of the last days).
        :return: the appointments that were joined.
        """
        if visits is None:
            visits = self._get_unlinked_visits()
        cars = visits.vehicle_id
        if not cars:
            return self.browse()
        waiting = self.sudo().search(
            [("vehicle_id", "in", cars.ids), ("visit_id", "=", False), ("state", "in", MATCHING)]
        )
        linked = self.browse()
        for visit in visits.sorted("date_in") if waiting else ():
            found = waiting._find_for_visit(visit)
            if found:
                found._link_visit(visit)
                waiting -= found
                linked |= found
        return linked

    @api.model
    def _get_unlinked_visits(self):
        """Repair orders of cars with an appointment that has none yet."""
        since = fields.Datetime.now() - timedelta(days=31)
        cars = self.search(
            [
                ("visit_id", "=", False),
                ("state", "in", MATCHING),
                ("start", ">=", since),
                ("start", "<=", fields.Datetime.now()),
            ]
        ).vehicle_id
        visits = self.env["dcrc.service.visit"].search(
            [("vehicle_id", "in", cars.ids), ("date_in", ">=", since), ("void", "=", False)]
        )
        taken = self.search([("visit_id", "in", visits.ids)]).visit_id
        return visits - taken

    def _find_for_visit(self, visit):
        """The appointment among `self` that a repair order belongs to: the nearest in time."""
        company = visit.company_id
        day = company._dcrc_to_local(visit.date_in).date()
        apart = timedelta(days=company.sudo().dcrc_visit_match_days)
        fit = self.filtered(
            lambda a: a.vehicle_id == visit.vehicle_id and a.company_id == company and abs(a.day - day) <= apart
        )
        return fit.sorted(lambda a: (abs(a.start - visit.date_in), a.id))[:1]

    def _link_visit(self, visit):
        """Note the repair order; the car is here, or done with (the place is free again then)."""
        self.ensure_one()
        values = {"visit_id": visit.id, "arrived_on": self.arrived_on or visit.date_in}
        if visit.date_out:
            values["served_on"] = visit.date_out
        self.write(values)
        wanted = "served" if visit.date_out else "arrived"
        if self.state not in ("served", wanted):
            self.write({"state": wanted, **{name: values[name] for name in values if name != "visit_id"}})
        if not self.walk_in and not visit.booked:
            visit.sudo().with_context(dcrc_source="dms").booked = True

    def _lose_visit(self):
        """The repair order of these is void: the car was here, what was done says another one, if there is any."""
        for appointment in self:
            served = {"state": "arrived", "served_on": False} if appointment.state == "served" else {}
            appointment.write({"visit_id": False, **served})
        cars = self.vehicle_id
        visits = self.env["dcrc.service.visit"].sudo().search([("vehicle_id", "in", cars.ids), ("void", "=", False)])
        self._link_visits(visits - self.sudo().search([("visit_id", "in", visits.ids)]).visit_id)
