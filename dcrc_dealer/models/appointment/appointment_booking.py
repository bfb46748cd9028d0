from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.given import Day, Id, Keys, Moment, Text, given
from ...tools.phone import normalise_phone
from .appointment import EXPECTED
from .appointment_places import SlotFull

# what `book` and `invite` take
WISH = Keys(
    partner_id=Id("res.partner"),
    vehicle_id=Id("fleet.vehicle"),
    kind_id=Id("dcrc.appointment.kind"),
    adviser_id=Id("dcrc.appointment.resource"),
    followup_id=Id("dcrc.followup"),
    appointment_id=Id("dcrc.appointment"),
    start=Moment,
    wanted_from=Day,
    wanted_to=Day,
    items=Text,
    benefits=Text,
    phone=Text,
    channel=Text,
)
FILLED_IN = ("vehicle_id", "items", "benefits", "phone", "channel", "followup_id", "adviser_id")


class Appointment(models.Model):
    """Booking by the staff: what the booking dialog and a telephone system talk to."""

    _inherit = "dcrc.appointment"

    @api.model
    @given(
        partner_id=Id("res.partner"),
        vehicle_id=Id("fleet.vehicle"),
        followup_id=Id("dcrc.followup"),
        appointment_id=Id("dcrc.appointment"),
    )
    def get_booking(self, partner_id=None, vehicle_id=None, followup_id=None, appointment_id=None):
        """What the booking dialog starts with.

        :return: ``{"partner": {"id", "name"}, "cars": [{"id", "name", "plate"}], "vehicle_id",
            "kinds": [{"id", "name", "duration", "papers", "problem"}], "kind_id", "advisers":
            [{"id", "name"}], "adviser_id", "phone", "items", "benefits", "channel",
            "followup_id", "appointment_id", "day", "settled": whether `day` is to be shown as it is, not
            the nearest with a free time, "due": estimated day in words, "now": the present time in words,
            "offered": kept start (UTC),
            "offered_until": in words, "today", "last_day", "booked": [{"id", "when", "kind",
            "state"}], "walk_in_hours"}``; days as "YYYY-MM-DD".
        """
        self.check_access("create")
        self._check_room()
        appointment = self.browse(appointment_id or ()).exists()
        followup = self.env["dcrc.followup"].browse(followup_id or ()).exists()
        appointment = appointment or self._get_called_about(followup)
        car = self.env["fleet.vehicle"].browse(vehicle_id or ()).exists() or appointment.vehicle_id
        partner = self.env["res.partner"].browse(partner_id or ()).exists()
        partner = partner or appointment.partner_id or followup.partner_id or car.dcrc_contact_id
        if not partner:
            raise UserError(self.env._("Open the customer first: an appointment needs to know who comes."))
        cars = partner.dcrc_vehicle_ids
        car = car or followup.vehicle_id or (cars if len(cars) == 1 else car)
        company = partner.company_id or self.env.company
        return {
            **self._get_booking_choices(company, partner),
            "partner": {"id": partner.id, "name": partner.display_name},
            "vehicle_id": car.id,
            "phone": appointment.phone or partner._dcrc_best_phone().number or "",
            "channel": appointment.channel or ("active" if followup else "inbound"),
            "followup_id": followup.id,
            **appointment._get_booking_state(followup, car, company),
        }

    @api.model
    def _check_room(self):
        """Where another system books, nothing is booked here."""
        if not self.env.company._dcrc_has_room("appointment"):
            raise UserError(self.env._("Appointments are switched off in the settings of this dealer."))

    @api.model
    def _get_called_about(self, followup):
        """The appointment that a call is about, as long as its time can be changed."""
        appointment = followup._get_appointment().sudo(False) if followup else self.browse()
        return appointment.filtered(lambda a: a.state in (*EXPECTED, "draft"))

    @api.model
    def _get_booking_choices(self, company, partner):
        kinds = self.env["dcrc.appointment.kind"].search([("company_id", "=", company.id)])
        advisers = self.env["dcrc.appointment.resource"].search(
            [("company_id", "=", company.id), ("kind", "=", "adviser")]
        )
        coming = self.search(
            [
                ("partner_id", "=", partner.id),
                ("state", "in", ("booked", "confirmed", "late")),
                ("start", ">=", fields.Datetime.now()),
            ],
            order="start",
        )
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "cars": [
                {"id": car.id, "name": car.model_id.name, "plate": car.license_plate or ""}
                for car in partner.dcrc_vehicle_ids
            ],
            "kinds": [
                {
                    "id": kind.id,
                    "name": kind.name,
                    "duration": kind.duration,
                    "papers": kind.papers or "",
                    "problem": kind.problem or "",
                }
                for kind in kinds
            ],
            "advisers": [{"id": adviser.id, "name": adviser.name} for adviser in advisers],
            "booked": [
                {"id": a.id, "when": a._format_moment(a.start), "kind": a.kind_id.name, "state": states[a.state]}
                for a in coming
            ],
            "walk_in_hours": company.dcrc_walk_in_hours,
        }

    def _get_booking_state(self, followup, car, company):
        today = company._dcrc_today()
        kind, day, due = self._get_wish(followup, car, company)
        offered = self.offer_open and self.offered_start
        if offered:
            day = company._dcrc_to_local(offered).date()
        return {
            "appointment_id": self.id,
            "kind_id": (self.kind_id or kind).id,
            "adviser_id": self.adviser_wanted and self.adviser_id.id,
            "items": self.items or "",
            "benefits": self.benefits or "",
            "day": fields.Date.to_string(self.day or day),
            "settled": bool(self.day or offered),
            "due": self._format_day(due) if due and not self.start else "",
            "now": self._format_moment(self.start) if self.start else "",
            "offered": fields.Datetime.to_string(offered) if offered else "",
            "offered_until": self._format_moment(self.offered_until) if offered else "",
            "today": fields.Date.to_string(today),
            "last_day": fields.Date.to_string(today + timedelta(days=company.dcrc_booking_days)),
        }

    @api.model
    @given(values=WISH)
    def book(self, values):
        """Book, or move with ``appointment_id``; also puts on the waiting list.

        :param values: partner_id, kind_id, start (UTC, "YYYY-MM-DD HH:MM:SS"), and optionally
            vehicle_id, adviser_id, items, benefits, phone, channel, followup_id, appointment_id;
            instead of start: wanted_from and wanted_to ("YYYY-MM-DD") for the waiting list.
        :return: ``{"ok": True, "appointment_id", "message", "label": what was agreed}``, or when the time is not free
            ``{"ok": False, "message", "alternatives": [{"start", "label", "day"}]}`` with two at most.
        """
        self.check_access("create")
        self._check_room()
        appointment = self.browse(values.get("appointment_id") or ()).exists()
        self._pass_on_offers(appointment.company_id or self.env.company)
        try:
            with self.env.cr.savepoint():
                appointment = appointment._book(self._prepare_booking(values, appointment))
        except SlotFull as full:
            kind = self.env["dcrc.appointment.kind"].browse(values.get("kind_id"))
            company = kind.company_id or appointment.company_id or self.env.company
            alternatives = self._prepare_alternatives(company, full)
            return {"ok": False, "message": str(full), "alternatives": alternatives}
        except (UserError, ValidationError, ValueError) as error:
            return {"ok": False, "message": str(error), "alternatives": []}
        return {
            "ok": True,
            "appointment_id": appointment.id,
            "message": appointment._get_booked_message(),
            "label": appointment._get_agreed_words() if appointment.start else "",
        }

    def _book(self, vals):
        """Make or change the appointment; `SlotFull` when the time is gone."""
        vals = dict(vals)
        followup_id = vals.pop("followup_id", None)
        appointment = self or self.create(vals)
        if self:
            self.write(vals)
        if followup_id:
            appointment._dcrc_step({"followup_id": followup_id})
        if followup_id and appointment.start:
            appointment.followup_id._set_result("booked")
        return appointment

    @api.model
    def _prepare_booking(self, values, appointment):
        vals = {**self._prepare_wish(values, appointment), **self._prepare_time(values, appointment)}
        if appointment:
            vals["adviser_wanted"] = bool(vals.get("adviser_id"))
            return vals
        return {**vals, **self._prepare_customer(values)}

    @api.model
    def _prepare_wish(self, values, appointment):
        vals = {name: values[name] or False for name in FILLED_IN if name in values}
        if vals.get("phone"):
            vals["phone"] = self._clean_phone(vals["phone"])
        vals["kind_id"] = values.get("kind_id") or appointment.kind_id.id
        if not vals["kind_id"]:
            raise UserError(self.env._("Choose the kind of work first."))
        return vals

    @api.model
    def _prepare_time(self, values, appointment):
        if values.get("start"):
            return {"start": fields.Datetime.to_datetime(values["start"])}
        if values.get("wanted_from") and appointment.state not in EXPECTED:
            last = values.get("wanted_to") or values["wanted_from"]
            return {"waiting": True, "wanted_from": values["wanted_from"], "wanted_to": last}
        raise UserError(self.env._("Choose a time."))

    @api.model
    def _prepare_customer(self, values):
        partner = self.env["res.partner"].browse(values.get("partner_id") or ()).exists()
        if not partner:
            raise UserError(self.env._("Open the customer first: an appointment needs to know who comes."))
        return {"partner_id": partner.id, "company_id": (partner.company_id or self.env.company).id}

    @api.model
    def _clean_phone(self, text):
        number, _kind, error = normalise_phone(text)
        if error:
            raise UserError(self.env._("“%(number)s” is not a phone number that can be dialled.", number=text))
        return number

    def _get_booked_message(self):
        self.ensure_one()
        if not self.start:
            return self.env._("%(name)s is on the waiting list.", name=self.partner_id.display_name)
        text = self.env._(
            "%(number)s: %(time)s, %(work)s.",
            number=self.name,
            time=self._format_moment(self.start),
            work=self.kind_id.name,
        )
        if self.walk_in:
            text += " " + self.env._(
                "Counts as a walk-in: it is less than %(hours)g hours ahead.", hours=self.company_id.dcrc_walk_in_hours
            )
        if self.kind_id.papers:
            text += " " + self.env._("Papers to bring: %(papers)s", papers=self.kind_id.papers)
        return text

    def action_book(self):
        """Button: open the booking dialog on this appointment (to move it or to find a time)."""
        self.ensure_one()
        return self._get_booking_action({"appointment_id": self.id})

    @api.model
    def _get_booking_action(self, params):
        return {"type": "ir.actions.client", "tag": "dcrc_dealer.book_appointment", "params": params}
