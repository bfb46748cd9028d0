import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.given import given
from .appointment import EXPECTED
from .appointment_booking import WISH
from .appointment_places import SlotFull

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
INVITATION_DAYS = 14
SHOWN_DAYS = 14


class Appointment(models.Model):
    """The customer's own link: book, move, cancel without logging in (APT-6).

    Who knows the token may do for this one appointment what these methods allow, and
    sees nothing else. All of them run as root on the one record the token names.
    """

    _inherit = "dcrc.appointment"

    link_url = fields.Char("Customer's link", compute="_compute_link_url", groups="dcrc_dealer.group_dcrc_user")

    def _compute_link_url(self):
        for appointment in self:
            path = f"/dcrc/appointment/{appointment.sudo().access_token}"
            alive = appointment._link_is_alive()
            appointment.link_url = alive and appointment.get_base_url() + path

    @api.model
    def _get_by_token(self, token):
        """Return the appointment that a link names as root; empty for guessed and expired links."""
        if not TOKEN.fullmatch(token or ""):
            return self.sudo().browse()
        appointment = self.sudo().search([("access_token", "=", token)], limit=1)
        return appointment if appointment and appointment._link_is_alive() else self.sudo().browse()

    def _link_is_alive(self):
        """A link lasts until the day of the appointment is over, an invitation as long as it says."""
        self.ensure_one()
        if not self.company_id._dcrc_has_room("appointment"):
            return False
        now = fields.Datetime.now()
        if self.state == "draft":
            return bool(self.link_until) and self.link_until >= now
        if not self.start:
            return False
        return now < self.company_id._dcrc_day_bounds(self.day)[1]

    def action_invite(self):
        """Button: let the customer choose a time with the link (again)."""
        self.write({"link_until": fields.Datetime.now() + timedelta(days=INVITATION_DAYS)})

    @api.model
    @given(values=WISH)
    def invite(self, values):
        """Give the customer a link to choose a time with, for the booking dialog.

        :param values: as for `book`, without a time. An appointment that exists keeps its link,
            and so does an invitation to the same work that nobody has used yet.
        :return: ``{"ok": True, "appointment_id", "url", "message"}`` or ``{"ok": False, "message"}``
        """
        self.check_access("create")
        appointment = self.browse(values.get("appointment_id") or ()).exists()
        try:
            with self.env.cr.savepoint():
                appointment = appointment or self._find_invitation(values) or self._invite_anew(values)
                if appointment.state == "draft":
                    appointment.action_invite()
        except UserError as error:
            return {"ok": False, "message": str(error), "alternatives": []}
        return {
            "ok": True,
            "appointment_id": appointment.id,
            "url": appointment.link_url,
            "message": self.env._("The customer chooses a time with this link."),
        }

    @api.model
    def _find_invitation(self, values):
        """The customer's unused invitation to the same work, if there is one."""
        return self.search(
            [
                ("partner_id", "=", values.get("partner_id")),
                ("kind_id", "=", values.get("kind_id")),
                ("vehicle_id", "=", values.get("vehicle_id")),
                ("state", "=", "draft"),
                ("link_until", "!=", False),
            ],
            limit=1,
        )

    @api.model
    def _invite_anew(self, values):
        wish = self._prepare_wish(values, self.browse())
        return self._invite({**wish, **self._prepare_customer(values)})

    @api.model
    def _invite(self, vals):
        """Make an invitation: an appointment without a time, whose link lets the customer book.

        For reminders and campaigns.

        :param vals: partner_id, kind_id, and optionally vehicle_id, channel, followup_id, benefits.
        """
        until = fields.Datetime.now() + timedelta(days=INVITATION_DAYS)
        vals = dict(vals)
        followup_id = vals.pop("followup_id", None)
        appointment = self.create({"channel": "link", "link_until": until, **vals})
        if followup_id:
            appointment._dcrc_step({"followup_id": followup_id})
        return appointment

    def _link_may_change(self):
        """Whether the customer may still move or cancel."""
        self.ensure_one()
        return self.state in EXPECTED and self.start > fields.Datetime.now()

    def _link_kinds(self):
        """Kinds of work that the customer may choose."""
        kinds = self.env["dcrc.appointment.kind"].search(
            [("company_id", "=", self.company_id.id), ("online", "=", True)]
        )
        return kinds | self.kind_id

    def _link_days(self):
        """Days to choose from, the first ``SHOWN_DAYS`` of the dealer's calendar."""
        company = self.company_id
        first = company._dcrc_to_local(self._link_earliest()).date()
        count = min(SHOWN_DAYS, company.dcrc_booking_days)
        return [first + timedelta(days=n) for n in range(count)]

    def _link_earliest(self):
        """The customer's own bookings are never walk-ins (APT-1)."""
        return fields.Datetime.now() + timedelta(hours=self.company_id.dcrc_walk_in_hours)

    def _link_choose_kind(self, kind_id):
        """Take another kind of work while no time is booked."""
        kind = self._link_kinds().filtered(lambda k: str(k.id) == str(kind_id))
        if kind and self.state == "draft" and kind != self.kind_id:
            self.kind_id = kind

    def _link_book(self, start_text):
        """Book or move to a time.

        :return: ``(True, message)`` or ``(False, message, alternatives)``; the same time twice
            is no error: the link was used twice.
        """
        start = self._link_parse(start_text)
        if not start:
            return False, self.env._("Please choose one of the times."), []
        self._pass_on_offers(self.company_id)
        if self.state in EXPECTED and self.start == start:
            return True, self.env._("This time is booked for you."), []
        if self.state != "draft" and not self._link_may_change():
            return False, self._link_too_late(), []
        earliest = self._link_earliest()
        if start < earliest and not (self.offer_open and start == self.offered_start):
            message = self.env._("This is too soon to book here; please choose a later time or call us.")
            return False, message, []
        try:
            with self.env.cr.savepoint():
                to_book = self.with_context(dcrc_earliest=earliest, dcrc_by_customer=True)
                to_book._book(self._link_vals(start))
        except SlotFull as full:
            return False, str(full), [self._link_alternative(slot) for slot in full.slots]
        except UserError as error:
            return False, str(error), []
        return True, self.env._("Thank you, your appointment is booked."), []

    def _link_decline(self):
        """The customer does not want the offered place, and waits on; return (done, message)."""
        self._end_offers()
        return True, self.env._("Thank you for telling us. You stay on our list.")

    def _link_too_late(self):
        return self.env._("This appointment can no longer be changed here; please call us.")

    def _link_alternative(self, slot):
        return {"start": fields.Datetime.to_string(slot.start), "label": self._format_moment(slot.start)}

    def _link_vals(self, start):
        vals = {"start": start}
        if self.state == "draft":
            vals["channel"] = "link"
        return vals

    def _link_parse(self, text):
        try:
            return fields.Datetime.to_datetime(text)
        except (TypeError, ValueError):
            return None

    def _link_cancel(self):
        """Cancel; return (done, message). Cancelling twice is no error."""
        if self.state == "cancelled":
            return True, self.env._("This appointment is cancelled.")
        if not self._link_may_change():
            return False, self._link_too_late()
        self.write({"state": "cancelled", "cancel_note": self.env._("By the customer's link")})
        return True, self.env._("Your appointment is cancelled. We hope to see you another time.")
