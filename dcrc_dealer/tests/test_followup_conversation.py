from datetime import timedelta

from odoo.exceptions import UserError

from .common import NOW
from .common_followup import FollowupCase


class TestFollowupConversation(FollowupCase):
    """FUP-10: one conversation, one opinion, however many papers it stands for."""

    def _open_two(self):
        """Two visits of one customer, of two cars; return their third calls."""
        customer = self._create_customer()
        cars = [self._create_car(customer) for _n in range(2)]
        visits = [self._create_visit(car, NOW - timedelta(days=2)) for car in cars]
        self._plan()
        return [self._of("third", visit_id=visit.id) for visit in visits]

    def test_the_questionnaire_is_asked_once(self):
        one, two = self._open_two()
        payload = self._as(self.specialist, "dcrc.console").open_contact(one.contact_id.id)
        asked = {f["id"]: bool(f["questions"]) for f in payload["followups"]}
        self.assertEqual(asked, {one.id: True, two.id: False})
        self.assertEqual(next(f["asked_with"] for f in payload["followups"] if f["id"] == two.id), one.id)

    def test_its_answers_count_for_all(self):
        one, two = self._open_two()
        self._finish(one, "answered", answers=self._answers(one))
        self.assertTrue(one.effective and two.effective)
        self.assertEqual(one.user_input_id, two.user_input_id)
        self.assertEqual(self.env["survey.user_input"].search_count([("partner_id", "=", one.partner_id.id)]), 1)

    def test_an_answer_given_to_the_second_paper_is_the_same_opinion(self):
        one, two = self._open_two()
        self._finish(one, "answered", answers=self._answers(two))
        self.assertTrue(one.effective and two.effective)

    def test_who_was_not_reached_gets_one_link_and_one_text(self):
        one, two = self._open_two()
        self._finish(one, "refused")
        self.assertEqual([one.link_state, two.link_state], ["due", False])

    def test_answers_through_the_link_count_for_all(self):
        one, two = self._open_two()
        self._finish(one, "refused")
        sheet = self.env["survey.user_input"]._dcrc_open(one)
        question = sheet.survey_id.question_ids[:1]
        sheet._save_lines(question, question.suggested_answer_ids[:1].id)
        sheet._mark_done()
        self.assertEqual([one.effective, two.effective], [True, True])
        self.assertEqual(two.user_input_id, sheet)

    def _open_brought(self):
        """A visit of a car that somebody else than its owner brought."""
        bringer = self._create_customer("张伟")
        car = self._create_car(self._create_customer("李强"))
        visit = self._create_visit(car, NOW - timedelta(days=2), partner_id=bringer.id)
        self._plan()
        return self._of("third", visit_id=visit.id), bringer

    def test_who_brought_the_car_is_at_hand(self):
        third, bringer = self._open_brought()
        payload = self._as(self.specialist, "dcrc.console").open_contact(third.contact_id.id)
        brought = payload["followups"][0]["brought_by"]
        self.assertEqual((brought["partner_id"], brought["number"]), (bringer.id, bringer.dcrc_phone_ids.number))

    def test_the_one_who_brought_the_car_is_asked_instead(self):
        third, bringer = self._open_brought()
        owner = third.partner_id
        console = self._as(self.specialist, "dcrc.console")
        call = console.open_contact(third.contact_id.id)["call_id"]
        contact = console.ask_instead(call, third.id)
        self._plan()
        self.assertEqual((third.partner_id, third.contact_id.id, third.state), (bringer, contact, "open"))
        self.assertFalse(self.Contact.search([("partner_id", "=", owner.id), ("state", "=", "open")]))

    def test_nobody_else_is_asked_where_nobody_else_brought_it(self):
        third = self._open_third()
        console = self._as(self.specialist, "dcrc.console")
        call = console.open_contact(third.contact_id.id)["call_id"]
        with self.assertRaisesRegex(UserError, "Nobody else"):
            console.ask_instead(call, third.id)
