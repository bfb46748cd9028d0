from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.slots import floor_quarter
from ..foundations.worker import Worker
from .appointment import EXPECTED, HOLDING
from .appointment_places import SlotFull


class Appointment(models.Model):
    """From state to state, and what follows from it (APT-3, APT-5)."""

    _inherit = "dcrc.appointment"

    def action_confirm(self):
        """Button: the customer will come."""
        self._dcrc_step({"state": "confirmed"})

    def action_arrive(self):
        """Button: the customer is here."""
        self._dcrc_step({"state": "arrived"})

    def action_serve(self):
        """Button: the work is done."""
        self._dcrc_step({"state": "served"})

    def action_no_show(self):
        """Button: the customer did not come; a call will ask why (APT-5)."""
        self._dcrc_step({"state": "no_show"})

    def action_cancel(self):
        """Button: called off; the place goes to whoever waits for one."""
        self._dcrc_step({"state": "cancelled"})

    def action_undo(self):
        """Button: taken as arrived, served or not come by mistake."""
        for appointment in self:
            appointment._dcrc_step(appointment._prepare_undo())

    def _prepare_undo(self):
        """Values of the state before the last: expected again, late when the time is over."""
        if self.state == "served":
            return {"state": "arrived", "arrived_on": self.arrived_on, "served_on": False}
        if self.state not in ("arrived", "no_show"):
            raise UserError(self.env._("There is nothing to undo for %(number)s.", number=self.name))
        if self.day < self.company_id._dcrc_today():
            raise UserError(self.env._("The day of %(number)s is over: check in who came after all.", number=self.name))
        confirmed = self.confirmed_on
        state = "late" if self._is_overdue() else "confirmed" if confirmed else "booked"
        return {"state": state, "arrived_on": False, "confirmed_on": confirmed}

    def _is_overdue(self):
        """Whether the customer should be here by now (every dealer has its own patience)."""
        return self.start + timedelta(minutes=self.company_id.dcrc_late_minutes) <= fields.Datetime.now()

    # -- hooks of write ------------------------------------------------------

    def _check_state(self, state):
        """Refuse a move that `_moves` does not name."""
        self.filtered(lambda appointment: appointment.state != state)._check_move(state)
        if state == "booked" and not all(appointment.start for appointment in self):
            raise UserError(self.env._("Choose a time for the appointment."))
        if state == "no_show":
            for appointment in self:
                appointment._check_time_over()

    def _check_time_over(self):
        """Nobody has failed to come before the time."""
        if self.start > fields.Datetime.now() and not self._dcrc_told("dcrc_history"):
            raise UserError(
                self.env._(
                    "%(name)s is expected at %(time)s: only after that it is known who did not come.",
                    name=self.sudo().partner_id.display_name,
                    time=self._format_moment(self.start),
                )
            )

    def _prepare_write(self, vals):
        now = fields.Datetime.now()
        vals = dict(vals)
        if "start" in vals:
            self._prepare_new_time(vals, now)
        if vals.get("adviser_id"):
            vals.setdefault("adviser_wanted", True)
        if vals.get("state"):
            vals = {**self._prepare_move(vals["state"]), **vals}
        if vals.get("state") in ("booked", "cancelled"):
            vals.setdefault("waiting", False)
            vals.setdefault("offered_until", False)
        return vals

    def _prepare_new_time(self, vals, now):
        start = fields.Datetime.to_datetime(vals["start"])
        if not start:
            raise UserError(self.env._("Choose a time, or cancel the appointment."))
        vals["start"] = start = floor_quarter(start)
        fixed = self.filtered(lambda a: a.state not in (*EXPECTED, "draft") and a.start != start)
        if fixed and not self._dcrc_told("dcrc_history"):
            raise UserError(self.env._("%(number)s is over: book a new appointment.", number=fixed[0].name))
        if any(appointment.start != start for appointment in self):
            vals["stop"] = False
            vals.setdefault("state", "booked")
            vals.setdefault("agreed_day", self.company_id[:1]._dcrc_today())
        if any(appointment.state == "draft" for appointment in self):
            vals.setdefault("booked_on", now)

    def _after_write(self, before, vals):
        """Take or give back places, and let follow-ups and the waiting list know."""
        freed = {}
        for appointment, (state, start, offered) in before.items():
            moments = freed.setdefault(appointment.company_id, [])
            moments += appointment._after_move(state, start, offered, vals)
        for company, moments in freed.items():
            # only now: several places freed at once may be one longer gap
            self._offer_freed(company, moments)
        self.filtered(lambda a: before[a][0] == "draft")._end_other_waiting()
        self.filtered(lambda a: before[a][1] != a.start)._confirm_today()
        self.filtered(lambda a: (before[a][0] in HOLDING) != (a.state in HOLDING))._refresh_reminders()

    def _after_move(self, state, start, offered, vals):
        """Places and follow-ups after a new state or a new time.

        :param state, start, offered: those before; offered: the time that was kept for the customer.
        :return: the times that became free.
        """
        self.ensure_one()
        moved = self.start != start
        self._change_places(state, moved, vals)
        if offered and self.state == "draft":
            self._check_offer()
        if self.state != state or moved:
            self.sudo()._change_followups(state, moved)
        if state == "draft":
            return [offered] if offered and self.state != "draft" and offered != self.start else []
        gone = moved or (self.state == "cancelled" and state in HOLDING)
        return [start] if gone else []

    def _change_places(self, state, moved, vals):
        if self.state in HOLDING and (moved or {"kind_id", "adviser_id"} & vals.keys()):
            if moved:
                self._check_time(self.start)
            self._take_places()
        elif self.state in HOLDING and state not in HOLDING:
            self._retake_places()
        elif self.state not in HOLDING and self.state != state:
            self._release_places()

    def _retake_places(self):
        """Taken back to be expected: the places, too, as long as the time lasts, or the words that they are gone.

        Who is here already is served in any case; that no place is set aside stands in the log.
        """
        if self.stop and self.stop <= fields.Datetime.now():
            return
        try:
            with self.env.cr.savepoint():
                self._take_places()
        except SlotFull as gone:
            if self.state != "arrived":
                raise
            self.sudo().message_post(body=self.env._("The place was given away meanwhile. %(why)s", why=str(gone)))

    def _change_followups(self, state, moved):
        """Call off the calls that the new state or time makes needless; ask who did not come."""
        if moved and state != "draft":
            self._call_off("appointment_moved")
        if self.state == "booked" and state == "draft":
            self._call_off("appointment_confirmed")
        if self.state in ("confirmed", "arrived", "served", "cancelled", "no_show"):
            came = self.state in ("arrived", "served")
            self._call_off(f"appointment_{'came' if came else self.state}")
            if came:
                self._end_no_show_calls(self.company_id)
        if state == "no_show" and self.state in EXPECTED:
            self._call_off("appointment_undone")
        if self.state == "no_show":
            self._get_ended_by_undo()._take_back()
            self._plan_followups("appointment_no_show")

    # -- scheduled -------------------------------------------------------------

    @api.model
    def _mark_late(self):
        """Whoever should be here by now is late (every dealer has its own patience)."""
        now = fields.Datetime.now()
        expected = self.search(Domain("state", "in", ("booked", "confirmed")) & Domain("start", "<", now))
        late = expected.filtered(lambda a: a._is_overdue())
        late.write({"state": "late"})
        return late

    @api.model
    def _close_past_days(self):
        """What nobody closed in the evening: who is still expected from a day before did not come."""
        gone = self.browse()
        for company in self.env["res.company"]._dcrc_dealers():
            gone |= self.search(
                [("company_id", "=", company.id), ("state", "in", EXPECTED), ("day", "<", company._dcrc_today())]
            )
        for appointment in gone:
            appointment.state = "no_show"
        return gone

    @api.model
    def _cron_watch(self):
        """Every few minutes: late customers, days nobody closed, repair orders, offers that ran out."""
        worker = Worker(self.env)
        steps = (self._mark_late, self._close_past_days, self._link_visits, self._end_no_show_calls, self._renew_offers)
        worker.run(steps, worker.attempt)

    @api.autovacuum
    def _gc_places(self):
        """Places of past days are of no use any more."""
        before = fields.Datetime.now() - timedelta(days=2)
        self.env["dcrc.appointment.seat"].sudo().search([("start", "<", before)], limit=10000).unlink()
