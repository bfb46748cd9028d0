"""The Call screen's payload, draft, claim and finish."""

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError

from .common_followup import FollowupCase


class TestConsoleCall(FollowupCase):
    """What the call screen asks for and hands in (FUP-4 … FUP-7)."""

    def setUp(self):
        super().setUp()
        self.followup = self._open_third()
        self.contact = self.followup.contact_id
        self.console = self._as(self.specialist, "dcrc.console")

    def _open(self, user=None):
        return self._as(user or self.specialist, "dcrc.console").open_contact(self.contact.id)

    def _values(self, payload, level=5, code="answered", **values):
        """Every level question answered, as the screen hands it in (JSON keys are text)."""
        answers = {}
        for followup in payload["followups"]:
            given = {
                str(question["id"]): {"answer_id": answer["id"], "text": ""}
                for question in followup["questions"]
                for answer in question["answers"]
                if answer["level"] == level
            }
            answers[str(followup["id"])] = given
        outcome = next(o["id"] for o in payload["outcomes"] if o["code"] == code)
        return {
            "outcome_id": outcome,
            "phone_id": payload["partner"]["phones"][0]["id"],
            "callback_at": False,
            "note": "",
            "answers": answers,
            "complaints": [],
            "corrections": [],
            "do_not_contact": None,
            **values,
        }

    def _complain(self, payload):
        followup = payload["followups"][0]
        return {
            "followup_id": followup["id"],
            "vehicle_id": followup["vehicle_id"],
            "department_id": followup["department_id"],
            "question_id": followup["questions"][0]["id"],
            "text": "去过两次没修好",
        }

    # -- payload -----------------------------------------------------------

    def test_the_customer_on_the_line_is_an_inbound_call(self):
        with freeze_time("2026-10-14 05:00:00"):  # 13:00: nobody is called
            payload = self.console.open_contact(self.contact.id, True)
        self.assertEqual(self.env["dcrc.call"].browse(payload["call_id"]).direction, "in")
        self.assertEqual(payload["contact"]["attempt"], 0)
        self.assertTrue(all(outcome["reached"] for outcome in payload["outcomes"]))
        self.assertNotIn("wrong", [outcome["code"] for outcome in payload["outcomes"]])

    def test_payload_has_all_the_screen_shows(self):
        payload = self._open()
        partner = self.contact.partner_id
        self.assertEqual(payload["partner"]["name"], partner.name)
        self.assertEqual(payload["partner"]["phones"][0]["number"], partner.dcrc_phone_ids.number)
        self.assertEqual(payload["contact"]["attempt"], 1)
        self.assertEqual(payload["cars"][0]["plate"], self.followup.vehicle_id.license_plate)
        self.assertTrue(payload["cars"][0]["last_visit"])
        self.assertTrue(payload["callback_presets"])
        self.assertFalse(payload["draft"])

    def test_followup_brings_script_and_questions(self):
        (followup,) = self._open()["followups"]
        self.assertIn(self.contact.partner_id._dcrc_title_name(), followup["script"]["opening"])
        levels = [q for q in followup["questions"] if q["type"] == "level"]
        self.assertGreaterEqual(len(levels), 6)
        self.assertEqual(levels[0]["department_id"], self.service.id)

    def test_two_reasons_are_one_contact(self):
        delivery = self._create_delivery(self.followup.vehicle_id, date=self._day(-2))
        self._plan()
        self.assertEqual(self._of("first", delivery_id=delivery.id).contact_id, self.contact)
        self.assertEqual(len(self._open()["followups"]), 2)

    def test_warnings_of_other_rooms_are_there(self):
        self.env["dcrc.complaint"].create(
            {"partner_id": self.contact.partner_id.id, "company_id": self.dealer.id, "text": "异响"}
        )
        codes = [warning["code"] for warning in self._open()["partner"]["warnings"]]
        self.assertIn("complaint_open", codes)

    # -- who may -----------------------------------------------------------

    def test_only_specialists_and_managers_call(self):
        self.assertTrue(self._open(self.manager)["call_id"])
        for user in (self.workshop, self.director, self.auditor, self.outsider):
            console = self._as(user, "dcrc.console")
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                console.open_contact(self.contact.id)
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                console.claim_next()

    def test_other_dealer_gets_nothing(self):
        console = self._as(self.stranger, "dcrc.console")
        self.assertFalse(console.claim_next())
        with self.assertRaises(AccessError):
            console.open_contact(self.contact.id)
        with self.assertRaises(AccessError):
            console.save_draft(self._open()["call_id"], {"note": "x"})
        with self.assertRaises(AccessError):
            console.get_timeline(self.contact.partner_id.id)

    # -- claim -------------------------------------------------------------

    def test_two_people_never_get_the_same_customer(self):
        self.assertEqual(self.console.claim_next(), self.contact.id)
        other = self._as(self.colleague, "dcrc.console")
        self.assertFalse(other.claim_next())
        self.assertEqual(self._open(self.colleague), {"claimed_by_other": self.specialist.name})

    def test_released_customer_is_free_again(self):
        self._open()
        self.console.release_contact(self.contact.id)
        self.assertTrue(self._open(self.colleague)["call_id"])

    def test_skipped_customer_is_not_offered_at_once(self):
        self.console.claim_next()
        self.console.release_contact(self.contact.id)
        self.assertFalse(self.console.claim_next(self.contact.id))
        self.assertIn("colleague", self.console.explain_empty())

    def test_who_is_put_off_is_offered_from_that_minute_on(self):
        self.contact.call_after = "2026-10-14 03:00:00"
        with freeze_time("2026-10-14 02:59:59"):
            self.assertFalse(self.console.claim_next())
        with freeze_time("2026-10-14 03:00:00"):
            self.assertTrue(self.console.claim_next())

    def test_before_calling_hours_it_says_when_they_begin_today(self):
        with freeze_time("2026-10-13 22:00:00"):
            self.assertRegex(self.console.explain_empty(), r"rest now: calling hours begin at \d\d:\d\d\.$")

    def test_in_the_evening_it_names_the_day_as_well(self):
        with freeze_time("2026-10-14 15:00:00"):
            self.assertRegex(self.console.explain_empty(), r"rest now: calling hours begin at 10-15 \d\d:\d\d\.$")

    def test_vanished_contact_is_told(self):
        with self.assertRaisesRegex(UserError, "does not exist"):
            self.console.open_contact(99999999)

    # -- draft -------------------------------------------------------------

    def test_draft_survives(self):
        draft = {"note": "下班后再打", "answers": {"1": {"2": {"answer_id": 3}}}, "at": 5}
        self.console.save_draft(self._open()["call_id"], draft)
        self.console.release_contact(self.contact.id)
        self.assertEqual(self._open()["draft"], draft)

    def test_nobody_writes_into_anothers_draft(self):
        call_id = self._open()["call_id"]
        with self.assertRaises(UserError):
            self._as(self.colleague, "dcrc.console").save_draft(call_id, {"note": "x"})

    # -- finish ------------------------------------------------------------

    def test_satisfied_call_is_done(self):
        payload = self._open()
        self.console.finish_call(payload["call_id"], self._values(payload))
        self.assertRecordValues(self.followup, [{"state": "done", "effective": True, "dissatisfied": False}])

    def test_next_customer_comes_with_the_finish(self):
        other = self._open_third()
        payload = self._open()
        result = self.console.finish_call(payload["call_id"], self._values(payload))
        self.assertEqual(result["next"], other.contact_id.id)
        self.assertEqual(other.contact_id.claimed_by, self.specialist)

    def test_save_alone_holds_nobody(self):
        other = self._open_third()
        payload = self._open()
        result = self.console.finish_call(payload["call_id"], self._values(payload), want_next=False)
        self.assertFalse(result["next"])
        self.assertFalse(other.contact_id.claimed_by)

    def test_second_finish_only_says_so(self):
        payload = self._open()
        values = self._values(payload)
        self.console.finish_call(payload["call_id"], values)
        result = self.console.finish_call(payload["call_id"], values)
        self.assertIn("saved already", result["messages"][0])
        self.assertEqual(self.contact.attempt_count, 1)

    def test_finished_call_of_another_is_refused(self):
        payload = self._open()
        self.console.finish_call(payload["call_id"], self._values(payload))
        with self.assertRaises(UserError):
            self._as(self.colleague, "dcrc.console").finish_call(payload["call_id"], {})

    def test_dissatisfaction_needs_its_complaint(self):
        payload = self._open()
        values = self._values(payload, level=2)
        with self.assertRaisesRegex(UserError, "complaint"):
            self.console.finish_call(payload["call_id"], values)
        self.assertEqual(self.followup.state, "open")

    def test_complaint_stands_with_everything_carried_over(self):
        payload = self._open()
        values = self._values(payload, level=1, complaints=[self._complain(payload)])
        self.console.finish_call(payload["call_id"], values)
        complaint = self.env["dcrc.complaint"].search([("call_id", "=", payload["call_id"])])
        self.assertRecordValues(
            complaint,
            [
                {
                    "partner_id": self.contact.partner_id.id,
                    "vehicle_id": self.followup.vehicle_id.id,
                    "department_id": self.service.id,
                    "text": "去过两次没修好",
                }
            ],
        )
        self.assertTrue(self.followup.dissatisfied)

    def test_correction_and_wish_not_to_be_called(self):
        payload = self._open()
        reason = payload["reasons"][0]["id"]
        values = self._values(
            payload,
            corrections=[{"item": "name", "wrong_value": "王芳", "new_value": "王方", "note": ""}],
            do_not_contact={"channel": "phone", "purpose": "marketing", "reason_id": reason, "note": ""},
        )
        self.console.finish_call(payload["call_id"], values)
        partner = self.contact.partner_id
        self.assertEqual(partner.dcrc_correction_ids.item, "name")
        self.assertEqual(partner.dcrc_do_not_contact_ids.purpose, "marketing")

    def test_own_first_then_the_pools(self):
        pool = self.contact
        self.contact.user_id = False
        mine = self._open_third(self._create_car(self._create_customer("陈明")))
        mine.contact_id.write({"user_id": self.specialist.id})
        pool.user_id = False
        self.assertEqual(self.console.claim_next(), mine.contact_id.id)

    # -- queries -----------------------------------------------------------

    def test_cars_shown_are_few_even_for_a_fleet(self):
        partner = self.contact.partner_id
        for _car in range(12):
            self._create_car(partner)
        cars = self._open()["cars"]
        self.assertLessEqual(len(cars), 6)
        self.assertEqual(cars[0]["id"], self.followup.vehicle_id.id)

    def test_tags_are_shown(self):
        tag = self.env["res.partner.category"].create({"name": "VIP客户"})
        self.contact.partner_id.category_id = [Command.link(tag.id)]
        self.assertEqual(self._open()["partner"]["tags"], ["VIP客户"])
