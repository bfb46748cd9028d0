import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.slots import floor_quarter
from .appointment import EXPECTED, HOLDING, MOVES

_logger = logging.getLogger(__name__)
STAMPS = {
    "confirmed": "confirmed_on", "arrived": "arrived_on", "served": "served_on", "cancelled": "cancelled_on",
}  # fmt: skip


class Appointment(models.Model):
    """From state to state, and what follows from it (APT-3, APT-5)."""

    _inherit = "dcrc.appointment"

    def action_confirm(self):
        """Button: the customer will come."""
        self.write({"state": "confirmed"})

    def action_arrive(self):
        """Button: the customer is here."""
        self.write({"state": "arrived"})

    def action_serve(self):
        """Button: the work is done."""
        self.write({"state": "served"})

    def action_no_show(self):
        """Button: the customer did not come; a call will ask why (APT-5)."""
        self.write({"state": "no_show"})

    def action_cancel(self):
        """Button: called off; the place goes to whoever waits for one."""
        self.write({"state": "cancelled"})

    def action_undo(self):
        """Button: taken as arrived by mistake."""
        for appointment in self:
            appointment.state = "arrived" if appointment.state == "served" else "booked"

    # -- hooks of write ------------------------------------------------------

    def _check_state(self, state):
        """Refuse a move that `MOVES` does not name."""
        for appointment in self:
            if state != appointment.state and state not in MOVES[appointment.state]:
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(number)s is “%(old)s” and cannot become “%(new)s”.",
                        number=appointment.name,
                        old=states[appointment.state],
                        new=states.get(state, state),
                    )
                )
            if state == "booked" and not appointment.start:
                raise UserError(self.env._("Choose a time for the appointment."))

    def _prepare_write(self, vals):
        now = fields.Datetime.now()
        vals = dict(vals)
        if "start" in vals:
            self._prepare_new_time(vals, now)
        if vals.get("adviser_id"):
            vals.setdefault("adviser_wanted", True)
        stamp = STAMPS.get(vals.get("state"))
        if stamp:
            vals.setdefault(stamp, now)
        if vals.get("state") in ("booked", "cancelled"):
            vals.setdefault("waiting", False)
        return vals

    def _prepare_new_time(self, vals, now):
        start = fields.Datetime.to_datetime(vals["start"])
        if not start:
            raise UserError(self.env._("Choose a time, or cancel the appointment."))
        vals["start"] = start = floor_quarter(start)
        fixed = self.filtered(lambda a: a.state not in (*EXPECTED, "draft") and a.start != start)
        if fixed and not self.env.context.get("dcrc_history"):
            raise UserError(
                self.env._("%(number)s is over: book a new appointment.", number=fixed[0].name)
            )
        if any(appointment.start != start for appointment in self):
            vals["stop"] = False
            vals.setdefault("state", "booked")
            vals.setdefault("agreed_day", self.company_id[:1]._dcrc_today())
        if any(appointment.state == "draft" for appointment in self):
            vals.setdefault("booked_on", now)

    def _after_write(self, before, vals):
        """Take or give back places, and let follow-ups and the waiting list know."""
        for appointment, (state, start) in before.items():
            moved = appointment.start != start
            if appointment.state in HOLDING and (moved or {"kind_id", "adviser_id"} & vals.keys()):
                if moved:
                    appointment._check_time(appointment.start)
                appointment._take_places()
            elif appointment.state not in HOLDING and state in HOLDING:
                appointment._release_places()
            if appointment.state != state or moved:
                appointment._after_move(state, start if moved else None)

    def _after_move(self, old_state, old_start):
        """Follow-ups and waiting list after a new state or a new time.

        :param old_start: the time given up, if another was agreed.
        """
        self.ensure_one()
        appointment = self.sudo()
        state = appointment.state
        if old_start and old_state != "draft":
            appointment._call_off("appointment_moved")
        if state == "booked" and old_state == "draft":
            appointment._call_off("appointment_confirmed")
        if state in ("confirmed", "arrived", "served", "cancelled", "no_show"):
            appointment._call_off(f"appointment_{'came' if state in ('arrived', 'served') else state}")
        if state == "no_show":
            appointment._plan_followups("appointment_no_show")
        freed = old_start or (appointment.start if state == "cancelled" and old_state in HOLDING else None)
        if freed and freed > fields.Datetime.now():
            appointment._offer_freed(appointment.company_id, freed)

    # -- scheduled -------------------------------------------------------------

    @api.model
    def _mark_late(self):
        """Whoever should be here by now is late (every dealer has its own patience)."""
        now = fields.Datetime.now()
        expected = self.search(
            Domain("state", "in", ("booked", "confirmed")) & Domain("start", "<", now)
        )
        late = expected.filtered(
            lambda a: a.start + timedelta(minutes=a.company_id.dcrc_late_minutes) <= now
        )
        late.write({"state": "late"})
        return late

    @api.model
    def _close_past_days(self):
        """What nobody closed in the evening: who is still expected from a day before did not come."""
        gone = self.browse()
        for company in self.env["res.company"]._dcrc_dealers():
            gone |= self.search(
                [("company_id", "=", company.id), ("state", "in", EXPECTED),
                 ("day", "<", company._dcrc_today())]
            )  # fmt: skip
        for appointment in gone:
            appointment.state = "no_show"
        return gone

    @api.model
    def _cron_watch(self):
        """Every few minutes: late customers, days nobody closed, repair orders, offers that ran out."""
        commit = self.env["ir.cron"]._commit_progress
        steps = (self._mark_late, self._close_past_days, self._link_visits, self._renew_offers)
        for number, step in enumerate(steps, 1):
            try:
                step()
            except Exception:  # one bad record must not keep the others waiting for ever
                self.env.cr.rollback()
                _logger.exception("appointments: %s", step.__name__)
            if not commit(1, remaining=len(steps) - number):
                break

    @api.autovacuum
    def _gc_places(self):
        """Places of past days are of no use any more."""
        before = fields.Datetime.now() - timedelta(days=2)
        self.env["dcrc.appointment.seat"].sudo().search([("start", "<", before)], limit=10000).unlink()
