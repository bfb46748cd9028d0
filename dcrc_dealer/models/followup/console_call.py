from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

from ...tools.schedule import at

CARS_SHOWN = 6
PRESETS_SHOWN = 4


class Console(models.AbstractModel):
    """The call screen's payload; every part is read in a fixed number of queries."""

    _inherit = "dcrc.console"

    def _prepare_call(self, contact, call):
        """Return the payload of `open_contact` (see the JS `CallState` for its use)."""
        company = contact.company_id
        departments = self.env["dcrc.department"].search([("company_id", "=", company.id)])
        leaders = contact.followup_ids._get_leaders()
        return {
            "call_id": call.id,
            "elapsed": self._get_elapsed(call),
            "draft": call.draft or None,
            "claimed_by_other": False,
            "contact": {
                "id": contact.id,
                "attempt": 0 if call.direction == "in" else contact.attempt_count + 1,
                "max_attempts": contact.max_attempts,
                "due": fields.Date.to_string(contact.date_due),
                "late": contact.is_late,
            },
            "partner": self._prepare_partner(contact.partner_id),
            "cars": self._prepare_cars(contact),
            "followups": [self._prepare_followup(f, departments, leaders[f]) for f in contact.followup_ids],
            "outcomes": self._prepare_outcomes(company, call),
            "departments": [{"id": d.id, "name": d.name, "kind": d.kind} for d in departments],
            "reasons": self._prepare_reasons(company),
            "callback_presets": self._prepare_presets(company),
            "rooms": [room for room in company._dcrc_rooms() if company._dcrc_has_room(room)],
        }

    def _get_elapsed(self, call):
        """Seconds since the call began; 0 when an old draft is taken up anew."""
        seconds = int((fields.Datetime.now() - call.started_at).total_seconds())
        return seconds if seconds < 60 * call.company_id.dcrc_claim_minutes else 0

    def _prepare_partner(self, partner):
        phones = partner.dcrc_phone_ids.sorted(lambda p: (p.sequence, p.id))
        refused = self.env["dcrc.gate"]._explain_numbers(partner)
        states = dict(phones._fields["state"]._description_selection(self.env))
        return {
            "id": partner.id,
            "name": partner.name or "",
            "title": partner._dcrc_title_name(),
            "grade": partner.dcrc_grade,
            "tags": partner.category_id.mapped("name"),
            "preferred_time": partner.dcrc_preferred_time or "",
            "warnings": partner._dcrc_warnings(),
            "phones": [
                {
                    "id": phone.id,
                    "number": phone.number,
                    "role": phone.role,
                    "state": phone.state,
                    "state_label": states[phone.state],
                    "refusal": refused.get(phone.id, ""),
                    "last_check": fields.Date.to_string(phone.last_check),
                }
                for phone in phones
            ],
        }

    def _prepare_cars(self, contact):
        """The cars talked about first, then some of the customer's others."""
        cars = contact.followup_ids.vehicle_id
        mine = Domain("dcrc_contact_id", "=", contact.partner_id.id) & Domain("id", "not in", cars.ids)
        cars |= cars.search(mine, limit=max(0, CARS_SHOWN - len(cars)), order="id desc")
        visits = self.env["dcrc.service.visit"].search(
            [("vehicle_id", "in", cars.ids), ("void", "=", False)], order="date_in desc", limit=10 * CARS_SHOWN
        )
        last = {visit.vehicle_id.id: visit for visit in reversed(visits)}
        notes = self._get_car_notes(cars)
        return [{**self._prepare_car(car, last.get(car.id)), "notes": notes[car]} for car in cars]

    def _prepare_car(self, car, visit):
        day = fields.Date.to_string
        model = car.model_id
        return {
            "id": car.id,
            "model": " ".join(filter(None, [model.brand_id.name, model.name])),
            "plate": car.license_plate or "",
            "vin": car.vin_sn or "",
            "mileage": car.dcrc_mileage,
            "mileage_date": day(car.dcrc_mileage_date),
            "delivery": day(car.dcrc_delivery_date),
            "warranty_end": day(car.dcrc_warranty_end),
            "insurance_end": day(car.dcrc_insurance_end),
            "last_visit": self._prepare_visit(visit) if visit else False,
        }

    def _get_car_notes(self, cars):
        """Hook: what else is to be known, ``{car: [{"text": str, "late": bool}]}``."""
        return {car: [] for car in cars}

    def _prepare_visit(self, visit):
        return {"date": fields.Datetime.to_string(visit.date_in), "label": visit._get_work_label()}

    def _prepare_followup(self, followup, departments, leader):
        """One reason of the call; another one's questions are asked where `leader` is that one (FUP-10).

        A room below may add ``decision`` ({title, choices}): what the customer has to say before the call ends.
        """
        by_kind = {department.kind: department.id for department in departments}
        fallback = by_kind.get(followup._get_department_kind(), False)
        return {
            "id": followup.id,
            "rule": followup.rule_id.name,
            "label": followup.display_name,
            "due": fields.Date.to_string(followup.date_due),
            "anchor": fields.Date.to_string(followup.anchor_date),
            "source_label": followup._get_source_label(),
            "vehicle_id": followup.vehicle_id.id,
            "asked_with": leader.id if leader != followup else False,
            "brought_by": self._prepare_bringer(followup),
            "department_id": fallback,
            "script": followup.rule_id.script_id._render_all(followup),
            "questions": [
                {**question, "department_id": by_kind.get(question["department_kind"], fallback)}
                for question in (followup._get_questions() if leader == followup else ())
            ],
        }

    def _prepare_bringer(self, followup):
        """Who brought the car, when that is somebody else than the customer on the line (False: nobody else)."""
        bringer = followup.visit_id.partner_id
        if not bringer or bringer == followup.partner_id or not bringer.active:
            return False
        phone = bringer._dcrc_best_phone()
        return {
            "partner_id": bringer.id,
            "name": bringer._dcrc_title_name(),
            "number": phone.number or "",
            "visit_id": followup.visit_id.id,
        }

    def _prepare_outcomes(self, company, call):
        """How this call may end: who called us was reached."""
        flags = ("reached", "effective", "asks_callback", "opens_correction", "retry", "final")
        return [
            {
                "id": outcome.id,
                "code": outcome.code,
                "name": outcome.name,
                "key": outcome.key or "",
                **{flag: outcome[flag] for flag in flags},
            }
            for outcome in self.env["dcrc.call.outcome"]._get_outcomes(company)
            if call._may_end(outcome)
        ]

    def _prepare_reasons(self, company):
        reasons = self.env["dcrc.reason"].search(
            [("kind", "=", "do_not_contact"), ("company_id", "in", [False, company.id])]
        )
        return [{"id": reason.id, "name": reason.name} for reason in reasons]

    def _prepare_presets(self, company):
        """Times to call back at a click: in an hour, the coming slots, tomorrow morning."""
        now = company._dcrc_now().replace(tzinfo=None)
        presets = [(self.env._("In 1 hour"), now.replace(second=0, microsecond=0) + timedelta(hours=1))]
        slots = sorted(self.env["dcrc.call.slot"]._get_slots(company), key=lambda s: s.start)
        for slot in slots:
            moment = at(now.date(), slot.start)
            if moment > now:
                presets.append((self.env._("Today %(time)s", time=f"{moment:%H:%M}"), moment))
        for slot in slots:
            moment = at(now.date() + timedelta(days=1), slot.start)
            presets.append((self.env._("Tomorrow %(time)s", time=f"{moment:%H:%M}"), moment))
        return [
            {"label": label, "value": fields.Datetime.to_string(company._dcrc_to_utc(moment))}
            for label, moment in presets[:PRESETS_SHOWN]
        ]
