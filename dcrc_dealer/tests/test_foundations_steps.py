"""What happened, who did it and when is noted by steps: no role writes it by hand (issue 7, 3)."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .common import ROLES
from .test_foundations_door import DoorCase

HAPPENED = ("state", "stage", "verdict", "result", "status")
# What looks as if it had happened and is yet said by people: why.
BY_HAND = {
    "dcrc.warranty.case.user_id": "who takes care of the car's case",
    "dcrc.appointment.absence.start": "when somebody will be away",
    "dcrc.appointment.absence.stop": "when somebody will be away",
    "dcrc.appointment.host_id": "who receives the guest",
    "dcrc.appointment.farewell_id": "who sees the guest off",
    "dcrc.appointment.link_until": "how long the customer's link is good for",
    "dcrc.appointment.start": "the time agreed on; places and moves are checked",
    "dcrc.appointment.visit_id": "which repair order it became, where two would fit",
    "dcrc.appointment.wanted_from": "the customer's wish",
    "dcrc.appointment.wanted_to": "the customer's wish",
    "dcrc.article.date_from": "from when an answer is right",
    "dcrc.article.date_to": "until when an answer is right",
    "dcrc.article.miss.state": "whether a question needs an answer at all: people sort the list",
    "dcrc.article.user_id": "who keeps the article right",
    "dcrc.complaint.authority_accepted_on": "what the authority's letter says",
    "dcrc.complaint.handler_id": "who works on it",
    "dcrc.complaint.manufacturer_due": "what the manufacturer asks for",
    "dcrc.complaint.promised_on": "what the customer was promised",
    "dcrc.consent.date": "when the customer consented; the evidence says the same",
    "dcrc.contact.user_id": "who is to call: the manager hands it over",
    "dcrc.delivery.date": "the manager's form, where no list brings it",
    "dcrc.delivery.insurance_end": "the manager's form, where no list brings it",
    "dcrc.delivery.invoice_date": "the manager's form, where no list brings it",
    "dcrc.dms.import.list_date": "of which day a list is; between the first paper and tomorrow",
    "dcrc.do.not.contact.date": "from when",
    "dcrc.do.not.contact.date_end": "until when",
    "dcrc.mileage.reading.date": "what the customer read",
    "dcrc.hotline.callback_at": "what the caller was promised",
    "dcrc.phone.state": "what the centre knows of a number; which is dialled needs the manager (CUS-7)",
    "dcrc.prevention.deadline": "until when something is to be done",
    "dcrc.prevention.user_id": "who is to do it",
    "dcrc.prevention.week": "which week's figures started it",
    "dcrc.retention.case.next_contact_on": "what was agreed on",
    "dcrc.retention.case.user_id": "who takes care of it",
    "dcrc.sample.line.verdict": "headquarters' judgement, or the dealer's of its own sample",
    "dcrc.service.visit.date_in": "the manager's form, where no list brings it",
    "dcrc.service.visit.date_out": "the manager's form, where no list brings it",
    "fleet.vehicle.dcrc_delivery_date": "papers of the car",
    "fleet.vehicle.dcrc_inspection_due": "papers of the car",
    "fleet.vehicle.dcrc_insurance_called_on": "what the insurance desk says of its own calls (REM-3)",
    "fleet.vehicle.dcrc_insurance_end": "papers of the car",
    "fleet.vehicle.dcrc_licence_due": "papers of the owner",
    "fleet.vehicle.dcrc_purchase_date": "papers of the car",
    "fleet.vehicle.dcrc_registered_on": "papers of the car",
    "fleet.vehicle.dcrc_warranty_end": "papers of the car",
    "res.partner.dcrc_birth_date": "a date of the person, not of the centre",
    "res.partner.dcrc_specialist_id": "who takes care of the customer",
}
# What managers set for their dealer: nothing of it happened.
SETTINGS = (
    *("dcrc.appointment.resource", "dcrc.clock.step", "dcrc.department", "dcrc.festival", "dcrc.followup.rule"),
    *("dcrc.inspection.schedule", "dcrc.lifecycle.rule", "dcrc.opening.day", "dcrc.retention.plan"),
    *(
        "dcrc.warranty.limit",
        "dcrc.service.plan",
        "dcrc.text.account",
        "res.company",
        "res.users",
        "dcrc.call.outcome",
        "dcrc.clock.rule",
    ),
)

# Whose fields are told here: other add-ons have a table of their own.
ADDONS = {"dcrc_dealer", "base", "fleet"}


class StepCase(DoorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = {
            role: cls._create_user(f"step_{role}", group, cls.other_dealer)
            for role, group in {**ROLES, "desk": ROLES["workshop"]}.items()
        }
        portal = {"company_id": cls.other_dealer.id, "company_ids": [Command.set(cls.other_dealer.ids)]}
        cls.people["portal"] = new_test_user(cls.env, "dcrc_step_portal", "base.group_portal", **portal)
        service = cls.env["dcrc.department"]._get_for("service", cls.other_dealer)
        service.member_ids = cls.people["workshop"] | cls.people["desk"]
        for name in ("dcrc.complaint", "dcrc.correction", "dcrc.appointment"):
            cls.mine[name].sudo().department_id = service


@tagged("post_install", "-at_install")
class TestSteps(StepCase):
    def test_no_role_writes_what_steps_note(self):
        tried = dict.fromkeys(self.people, 0)
        for name, rows in sorted(self.mine.items()):
            steps = rows._dcrc_get_step_fields()
            for role, user in self.people.items():
                mine = self._as(user, rows[:1])
                if not mine.has_access("write"):
                    continue
                for field in sorted(steps):
                    tried[role] += 1
                    value = rows._fields[field].convert_to_write(rows[:1].sudo()[field], rows)
                    with self.subTest(model=name, field=field, role=role), self.assertRaises(UserError):
                        mine.write({field: value})
        self.assertGreater(tried["manager"], 100)
        self.assertGreater(tried["specialist"], 60)
        self.assertGreater(tried["workshop"], 10)

    def test_no_role_writes_a_step_through_the_row_it_hangs_on(self):
        customer = self.mine["res.partner"]
        for role in ("specialist", "manager"):
            mine = self._as(self.people[role], customer)
            for line, field, value in (
                ("dcrc_phone_ids", "last_check", "2026-01-01"),
                ("dcrc_consent_ids", "company_id", self.other_dealer.id),
            ):
                row = customer[line][:1].id
                with self.subTest(role=role, line=line), self.assertRaises(UserError):
                    mine.write({line: [Command.update(row, {field: value})]})

    def test_what_looks_like_something_that_happened_is_a_step_or_named_with_its_reason(self):
        loose = set()
        for name, rows in self.mine.items():
            writes = any(self._as(user, rows[:1]).has_access("write") for user in self.people.values())
            if not writes or name in SETTINGS or rows._original_module not in ADDONS:
                continue
            for field in rows._fields.values():
                ours = name.startswith("dcrc.") or field.name.startswith("dcrc_")
                when = field.type in ("date", "datetime")
                who = field.type == "many2one" and field.comodel_name == "res.users"
                what = field.type == "selection" and field.name.removeprefix("dcrc_") in HAPPENED
                if ours and field.store and not field.related and (when or who or what):
                    if field.name not in rows._dcrc_get_step_fields() and not field.readonly:
                        loose.add(f"{name}.{field.name}")
        self.assertFalse(loose - BY_HAND.keys())

    def test_who_checks_a_number_leaves_the_day(self):
        phone = self._as(self.people["specialist"], self.mine["dcrc.phone"][:1])
        phone.state = "ok"
        self.assertEqual(phone.last_check, self.other_dealer._dcrc_today())

    def test_when_a_matter_was_received_is_said_once(self):
        complaints = self._as(self.people["specialist"], "dcrc.complaint")
        vals = {"partner_id": self.mine["res.partner"].id, "text": "?", "date": "2026-10-13 02:00:00"}
        complaint = complaints.create(vals)
        self.assertEqual(str(complaint.date), vals["date"])
        with self.assertRaises(UserError):
            complaint.date = "2026-10-14 01:00:00"

    def test_an_appointments_state_changes_by_its_buttons(self):
        mine = self._as(self.people["specialist"], self.mine["dcrc.appointment"])
        mine.start = "2026-10-14 06:00:00"
        for button, state in (
            ("action_confirm", "confirmed"),
            ("action_arrive", "arrived"),
            ("action_undo", "confirmed"),
        ):
            getattr(mine, button)()
            with self.subTest(button=button):
                self.assertEqual(mine.state, state)
        with self.assertRaises(UserError):
            mine.write({"state": "served"})

    def test_a_new_row_does_not_say_what_steps_note(self):
        for model in self._writable_models():
            for field in sorted(model._dcrc_get_step_fields(new=True)):
                with self.subTest(model=model._name, field=field), self.assertRaises(UserError):
                    model.create({field: False})

    def test_a_clients_default_for_a_step_counts_for_nothing(self):
        complaints = self._as(self.stranger, "dcrc.complaint").with_context(default_state="closed", default_name="X")
        complaint = complaints.create({"partner_id": self.mine["res.partner"].id, "text": "?"})
        self.assertEqual(complaint.state, "received")
        self.assertNotEqual(complaint.name, "X")

    def test_the_server_writes_them(self):
        case = self.mine["dcrc.retention.case"].sudo()
        case.risk = 7
        self.assertEqual(case.risk, 7)
