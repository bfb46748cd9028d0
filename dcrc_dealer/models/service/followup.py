from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ...tools.spoken import spoken_number
from ..followup.placeholder import say_day
from .followup_rule import CYCLE, DESK_CALL

RESULTS = [
    ("booked", "Booked"),
    ("will_come", "Will come"),
    ("elsewhere", "Done elsewhere"),
    ("not_yet", "Not yet"),
    ("refused", "Will not come"),
]
ROLES = [
    ("result", "Result of a reminder"),
    ("place", "Where it was done"),
    ("price", "Price paid there"),
    ("reason", "Reason for not coming"),
    ("mileage", "Mileage told"),
]


class Followup(models.Model):
    """What a reminder came to (handbook REM-5): taken from the answers to its questionnaire."""

    _inherit = "dcrc.followup"

    result = fields.Selection(RESULTS, "Customer's answer", readonly=True)
    result_reason_id = fields.Many2one(
        "dcrc.reason", "Reason for not coming", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    elsewhere_place = fields.Char("Other Workshop", readonly=True)
    elsewhere_price = fields.Float("Price there", readonly=True, digits=(12, 2))
    elsewhere_date = fields.Date("Done elsewhere on", readonly=True)
    service_base_date = fields.Date("Service before", readonly=True)
    is_moved = fields.Boolean("Moved by hand", readonly=True)

    _one_active_reminder = models.UniqueIndex(
        "(rule_id, vehicle_id) WHERE source_model = 'fleet.vehicle' AND state IN ('planned','blocked','open')"
    )
    _elsewhere_idx = models.Index("(vehicle_id) WHERE result = 'elsewhere'")
    _vehicle_rule_idx = models.Index("(vehicle_id, rule_id) WHERE source_model = 'fleet.vehicle'")

    def action_ask_move(self):
        """Button: move planned follow-ups to another day."""
        self._check_movable()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Move or give follow-ups"),
            "res_model": "dcrc.followup.move",
            "view_mode": "form",
            "target": "new",
            "context": {"default_followup_ids": self.ids, "default_company_id": self.company_id[:1].id},
        }

    def _check_movable(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise UserError(self.env._("Only a manager moves follow-ups to another day."))
        self.check_access("read")
        if any(followup.state not in ("planned", "blocked") for followup in self):
            raise UserError(self.env._("Only what nobody has begun can be moved: planned follow-ups."))

    def _move(self, start):
        """Have these follow-ups begin on `start`; their time to do it stays as long (see `is_moved`)."""
        self._check_movable()
        for followup in self.sudo():
            if start < followup.company_id._dcrc_today():
                raise UserError(self.env._("A day that has passed cannot be chosen."))
            shift = start - followup.date_start
            followup.write(
                {
                    "date_start": start,
                    "date_due": followup.date_due + shift,
                    "date_expiry": followup.date_expiry + shift,
                    "is_moved": True,
                }
            )

    def _give(self, user):
        """Have these planned follow-ups done by `user`."""
        self._check_movable()
        self.sudo().user_id = user

    @api.model
    def _get_result_roles(self):
        """What answers may stand for; a room may add its own."""
        return dict(ROLES)

    def _get_questions(self):
        """Answers with the result or reason they stand for, too: ``{"value": code or ""}``."""
        questions = super()._get_questions()
        answers = [answer for question in questions for answer in question["answers"]]
        records = self.env["survey.question.answer"].sudo().browse([answer["id"] for answer in answers])
        for answer, record in zip(answers, records, strict=True):
            answer["value"] = record.dcrc_value or ""
        return questions

    def _finish_by_call(self, call, effective):
        """Who renews with us is called by the insurance desk: that it spoke to the customer is noted (REM-3)."""
        result = super()._finish_by_call(call, effective)
        if call.outcome_id.reached:
            renewals = self.filtered(lambda f: f.rule_id.trigger == "insurance")
            cars = renewals.sudo().vehicle_id.filtered("dcrc_insured_here")
            cars.dcrc_insurance_called_on = self.company_id[:1]._dcrc_today()
        return result

    def _take_result(self, sheet):
        """Fill the result from an answer sheet: each question's `dcrc_role` says what it is about."""
        self.ensure_one()
        found = {}
        for line in sheet.user_input_line_ids.filtered(lambda line: not line.skipped):
            role = line.question_id.dcrc_role
            text = line.value_text_box or line.value_char_box
            if role and (line.suggested_answer_id or text):
                value = line.suggested_answer_id.dcrc_value or text
                found.setdefault(role, value)
        if found:
            self.sudo().write(self._prepare_result(found))
            self._note_mileage(found.get("mileage"))
        if found and self.vehicle_id:
            self.vehicle_id.sudo().dcrc_forecast_dirty = True

    def _prepare_result(self, found):
        """Values of the follow-up for ``{role: code or text}``.

        Without an answer about the result the one noted before stays (see `_set_result`).
        """
        result = found.get("result") or self.result
        if result not in dict(RESULTS):
            result = False
        elsewhere = result == "elsewhere"
        today = self.company_id._dcrc_today()
        reason = self.env["dcrc.reason"]
        if found.get("reason"):
            reason = reason.sudo().search([("code", "=", found["reason"])], limit=1)
        return {
            "result": result,
            "result_reason_id": reason.id,
            "elsewhere_place": found.get("place") if elsewhere else False,
            "elsewhere_price": spoken_number(found.get("price")) or 0 if elsewhere else 0,
            "elsewhere_date": min(self.anchor_date, today) if elsewhere else False,
        }

    def _note_mileage(self, text):
        """A mileage told on the phone is a reading of today."""
        km = spoken_number(text)
        if km and 0 < km < 3000000 and self.vehicle_id:
            self.env["dcrc.mileage.reading"].sudo().create(
                {
                    "vehicle_id": self.vehicle_id.id,
                    "km": round(km),
                    "source": "call",
                    "date": self.company_id._dcrc_today(),
                }
            )

    def _fail(self, outcome):
        """A reminder asks nothing that a link could ask later."""
        result = super()._fail(outcome)
        reminders = self.filtered(lambda f: f.rule_id.trigger in self._get_reminder_triggers())
        reminders.sudo().write({"link_state": False})
        return result

    def _set_result(self, result):
        """Note a result from another screen ("booked" when an appointment is made in the call)."""
        self.check_access("read")
        reminders = self.filtered(lambda f: f.rule_id.trigger in self._get_reminder_triggers())
        reminders.sudo().result = result

    @api.model
    def _get_reminder_triggers(self):
        """Triggers whose follow-ups invite a car to come in; the return analysis counts them."""
        return ("first_service", "periodic_service", "warranty_end", "inspection")

    def _get_source_label(self):
        """What a reminder is about: the service and its day."""
        trigger = self.rule_id.trigger
        day = format_date(self.env, self.anchor_date)
        car = self.vehicle_id
        if trigger in CYCLE:
            step = car.sudo().dcrc_next_step_id
            km = car.dcrc_next_service_km
            name = step.display_name or self.rule_id.name
            if km:
                return self.env._("%(service)s, due about %(day)s or at %(km)s km", service=name, day=day, km=f"{km:,}")
            return self.env._("%(service)s, due about %(day)s", service=name, day=day)
        if trigger == DESK_CALL:
            end = format_date(self.env, car.dcrc_insurance_end) if car.dcrc_insurance_end else "–"
            return self.env._("Insurance until %(end)s, desk called on %(day)s", end=end, day=day)
        if trigger in ("insurance", "warranty_end", "inspection", "licence", "birthday", "holiday"):
            return self.env._("%(reason)s: %(day)s", reason=self.rule_id.name, day=day)
        return super()._get_source_label()

    def _get_placeholders(self):
        values = super()._get_placeholders()
        if self.rule_id.trigger in CYCLE:
            values["item"] = self.sudo().vehicle_id.dcrc_next_step_id.display_name or values["item"]
        if self.rule_id.trigger == DESK_CALL:
            values["date"] = say_day(self.env, self.sudo().vehicle_id.dcrc_insurance_end)
        if self.rule_id.trigger == "holiday":
            values["item"] = self.rule_id.festival_id.name or values["item"]
        return values

    def _get_department_kind(self):
        if self.rule_id.trigger in ("insurance", DESK_CALL):
            return "insurance"
        return super()._get_department_kind()

    @api.model
    def _get_inviting_triggers(self):
        return tuple(
            dict.fromkeys(
                (*super()._get_inviting_triggers(), *self._get_reminder_triggers(), *self._get_service_triggers())
            )
        )

    @api.model
    def _get_service_triggers(self):
        """Triggers about a car's service: done elsewhere, it moves the next one. A room may add its own."""
        return (*CYCLE, "service_overdue", "new_car_no_visit")

    def _get_elsewhere(self, ids):
        """SELECT of (vehicle_id, day) of services done elsewhere, for the forecast."""
        return SQL(
            """SELECT f.vehicle_id, f.elsewhere_date AS day FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id
                WHERE f.vehicle_id = ANY(%s) AND f.result = 'elsewhere' AND f.elsewhere_date IS NOT NULL
                  AND r.trigger IN %s""",
            ids,
            self._get_service_triggers(),
        )
