"""What the hotline's screen reads, and saves while it is typed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.given import Flag, Id, Keys, Moment, OneOf, Plain, Text, Whole, given, is_number
from .hotline import MOODS, PURPOSES, URGENCIES

# what is typed on the screen
TYPED = Keys(
    text=Text,
    purpose=OneOf(*dict(PURPOSES)),
    urgency=OneOf(*dict(URGENCIES)),
    mood=OneOf(*dict(MOODS)),
    rings=Whole,
    partner_id=Id("res.partner"),
    vehicle_id=Id("fleet.vehicle"),
    caller=Text,
    number=Text,
    callback_at=Moment,
    at=Plain(is_number),
)
EMPTIED = ("text", "caller", "number", "partner_id", "vehicle_id", "callback_at")  # may be emptied on the screen


class Hotline(models.Model):
    """A thin layer: shapes for the screen; the steps are in `hotline_steps.py` and `hotline_carry.py`."""

    _inherit = "dcrc.hotline"

    @api.model
    @given(number=Text, partner_id=Id("res.partner"))
    def open_new(self, number="", partner_id=None):
        """Open a record, of a caller whose number or file is known already.

        :return: as `read_record`
        """
        self._check_centre()
        self._check_room()
        vals = {"company_id": self.env.company.id, "number": number or False}
        partner = self.env["res.partner"].browse(partner_id or ()) or self._find_by_number(
            self.env.company, self._prepare_caller({"number": number})["number"]
        ).sudo(False)
        return self.create({**vals, **self._prepare_partner(partner)}).read_record()

    @api.model
    @given(ring_id=Id("dcrc.hotline.ring"))
    def open_ring(self, ring_id):
        """Take up a call that rings: its record, the same one however often it is asked for.

        :return: as `read_record`
        """
        self._check_centre()
        self._check_room()
        ring = self.env["dcrc.hotline.ring"].browse(ring_id).exists()
        if not ring:
            raise UserError(self.env._("This call is no longer in the telephone log."))
        self.env.execute_query(SQL("SELECT id FROM dcrc_hotline_ring WHERE id = %s FOR NO KEY UPDATE", ring.id))
        ring = ring.sudo()
        if not ring.hotline_id:
            ring.hotline_id = self.sudo().create(self._prepare_from_ring(ring))
        if not ring.opened_at:
            ring.opened_at = fields.Datetime.now()
        record = ring.hotline_id
        if not record.user_id:
            record.user_id = self.env.user
        return record.with_env(self.env).read_record()

    def read_record(self):
        """Return all that the screen shows of one record.

        :return: ``{"id", "name", "state", "state_label", "editable", "number", "hidden", "since", "due", "late",
            "callers": as `dcrc.console.find_caller`, "partner": {"id", "name", "title", "phones", "warnings",
            "has_number"} or False, "cars": [{"id", "label"}], "typed": what can be typed, with "at",
            "departments": [{"id", "name"}], "department": name, "answer", "made": [{"label", "model", "id"}],
            "choices": {"purpose", "urgency", "mood", "item": [[value, label]]}, "presets": [{"label", "value"}],
            "can": {"book", "lead"}, "ring": {"rang", "ended", "seconds"} or False}``
        """
        self.ensure_one()
        self.check_access("read")
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "state_label": states[self.state],
            "editable": self.state != "done" and self.is_centre,
            "number": self.number or "",
            "hidden": self.hidden_number,
            "since": fields.Datetime.to_string(self.date),
            "due": fields.Datetime.to_string(self.clock_due_on) or False,
            "late": self.clock_late,
            "callers": self._get_callers(),
            "partner": self._read_partner(),
            "cars": [{"id": car.id, "label": car.display_name} for car in self.partner_id.dcrc_vehicle_ids],
            "typed": self._read_typed(),
            "department": self.department_id.name or "",
            "answer": self.answer or "",
            "made": self._read_made(),
            "ring": self._read_ring(),
            **self._get_choices(),
        }

    @given(draft=TYPED)
    def save_typed(self, draft):
        """Keep what is typed, now and then while it is; what was typed earlier elsewhere doesn't come back.

        :param draft: any of text, purpose, urgency, mood, rings, partner_id, vehicle_id, caller, number,
            callback_at; ``at``: the browser's clock in milliseconds.
        """
        self.ensure_one()
        self._check_centre()
        at = draft.get("at") or 0
        if at and at < self.typed_at:
            return True
        vals = {name: value for name, value in draft.items() if name != "at" and (value or name in EMPTIED)}
        if "rings" in draft:
            vals["rings"] = min(max(draft["rings"] or 0, 0), 99)
        if "partner_id" in vals and "vehicle_id" not in vals:
            vals["vehicle_id"] = self._prepare_partner(self.env["res.partner"].browse(vals["partner_id"] or ()))[
                "vehicle_id"
            ]
        changed = {
            name: value or False for name, value in vals.items() if self._dcrc_as_typed(name) != (value or False)
        }
        if changed:
            self.write(changed)
        self._dcrc_step({"typed_at": at})
        return True

    @given(name=Text, number=Text)
    def make_customer(self, name, number=""):
        """Open a file for a caller who has none, in two fields.

        :return: as `read_record`
        """
        self.ensure_one()
        self._check_centre()
        self._check_open({"partner_id": True})
        number = (number or self.number or "").strip()
        partner = self.env["res.partner"].create(
            {
                "name": name.strip(),
                "dcrc_customer": True,
                "company_id": self.company_id.id,
                "dcrc_phone_ids": [fields.Command.create({"number": number})] if number else [],
            }
        )
        self.write({"partner_id": partner.id, "number": number or False})
        return self.read_record()

    def keep_number(self):
        """Add the number that calls to the customer's file, behind those that are known.

        :return: as `read_record`
        """
        self.ensure_one()
        self._check_centre()
        if not self.partner_id or not self.number:
            raise UserError(self.env._("There is no number to keep, or nobody whose it is."))
        if self.number not in self.partner_id.dcrc_phone_ids.mapped("number"):
            self.env["dcrc.phone"].create({"partner_id": self.partner_id.id, "number": self.number, "role": "other"})
        return self.read_record()

    @given(department_id=Id("dcrc.department"))
    def hand_over(self, department_id):
        """Hand the matter to a department, which answers within the limit.

        :return: as `read_record`
        """
        self.ensure_one()
        self._check_centre()
        self._check_told()
        if self.department_id.id == department_id and self.state != "handed":
            self._promise("handed")
        self.write({"department_id": department_id})
        return self.read_record()

    @given(step=OneOf("action_answered", "action_call_back", "action_reopen"))
    def take_step(self, step):
        """Take a step and return the record as it is then (see `read_record`)."""
        self.ensure_one()
        getattr(self, step)()
        return self.read_record()

    @given(forget=Flag)
    def leave_record(self, forget=True):
        """The screen is left: what nobody wrote a word into is forgotten."""
        self._check_centre()
        self.exists()._forget_empty()
        return True

    # -- parts -------------------------------------------------------------------

    def _check_room(self):
        company = self.env.company
        if not company._dcrc_has_room("hotline"):
            raise UserError(self.env._("The hotline is switched off for %(dealer)s.", dealer=company.name))

    @api.model
    def _prepare_partner(self, partner):
        cars = partner.dcrc_vehicle_ids if len(partner) == 1 else self.env["fleet.vehicle"]
        return {
            "partner_id": partner.id if len(partner) == 1 else False,
            "vehicle_id": cars.id if len(cars) == 1 else False,
        }

    def _dcrc_as_typed(self, name):
        value = self[name]
        return value.id or False if isinstance(value, models.BaseModel) else value or False

    def _get_callers(self):
        """Whom the number may belong to, as long as nobody is chosen."""
        if self.partner_id or not self.number:
            return []
        exact = self._find_by_number(self.company_id, self.number)
        found = self.env["dcrc.console"].find_caller(self.number)
        return [row for row in found if not exact or row["partner_id"] in exact.ids]

    def _read_partner(self):
        partner = self.partner_id
        if not partner:
            return False
        return {
            "id": partner.id,
            "name": partner.name or "",
            "title": partner._dcrc_title_name(),
            "warnings": partner._dcrc_warnings(),
            "phones": partner.dcrc_phone_ids.mapped("number"),
            "has_number": not self.number or self.number in partner.dcrc_phone_ids.mapped("number"),
        }

    def _read_typed(self):
        return {
            "text": self.text or "",
            "purpose": self.purpose,
            "urgency": self.urgency,
            "mood": self.mood,
            "rings": self.rings,
            "partner_id": self.partner_id.id,
            "vehicle_id": self.vehicle_id.id,
            "caller": self.caller or "",
            "number": self.number or "",
            "callback_at": fields.Datetime.to_string(self.callback_at) or False,
            "at": self.typed_at,
        }

    def _read_made(self):
        """What the call has become so far."""
        made = [self.complaint_ids, self.correction_ids, self.appointment_ids]
        rows = [
            {
                "label": f"{self.env['ir.model']._get(one._name).name} {one.display_name}",
                "model": one._name,
                "id": one.id,
            }
            for records in made
            for one in records
        ]
        if self.lead_id and self.lead_model in self.env:
            rows.append({"label": self.env._("Lead"), "model": self.lead_model, "id": self.lead_id})
        return rows

    def _read_ring(self):
        ring = self.ring_ids[:1]
        return {"ended": bool(ring.ended_at), "seconds": ring.seconds, "answered": ring.answered} if ring else False

    def _get_choices(self):
        company = self.company_id
        named = {name: self._fields[name]._description_selection(self.env) for name in ("purpose", "urgency", "mood")}
        named["item"] = self.env["dcrc.correction"]._fields["item"]._description_selection(self.env)
        departments = self.env["dcrc.department"].search([("company_id", "=", company.id)])
        return {
            "departments": [{"id": one.id, "name": one.name} for one in departments],
            "choices": {name: [list(pair) for pair in pairs] for name, pairs in named.items()},
            "presets": self._get_presets(),
            "can": {"book": company._dcrc_has_room("appointment"), "lead": self._get_lead_model() is not None},
        }

    def _get_presets(self):
        """Times to call back at a click: in one hour and two, tomorrow, the next open morning."""
        company = self.company_id
        now = fields.Datetime.now().replace(second=0, microsecond=0)
        tomorrow = company._dcrc_to_utc(
            fields.Datetime.to_datetime(company._dcrc_today() + timedelta(days=1)).replace(hour=9)
        )
        presets = [
            (self.env._("In 1 hour"), now + timedelta(hours=1)),
            (self.env._("In 2 hours"), now + timedelta(hours=2)),
            (self.env._("Tomorrow 09:00"), tomorrow),
        ]
        return [{"label": label, "value": fields.Datetime.to_string(moment)} for label, moment in presets]
