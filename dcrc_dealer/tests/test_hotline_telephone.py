from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dcrc_dealer.models.hotline import hotline_telephone

from .common import NOW
from .common_hotline import HotlineCase


@tagged("post_install", "-at_install")
class TestHotlineTelephone(HotlineCase):
    """A telephone system announces calls and their ends (HOT-2)."""

    def _popped(self):
        """Messages on the bus: (channel's user, ring)."""
        self.cr.precommit.run()
        return self.env["bus.bus"].search([("message", "like", hotline_telephone.MESSAGE)])

    def test_a_call_is_noted_and_told_to_the_agents_screen(self):
        answer = self._announce()
        self.assertEqual((answer["agent"], answer["popped"]), ("Specialist", True))
        ring = self._ring()
        self.assertRecordValues(ring, [{"number": "+8613800138000", "user_id": self.specialist.id, "rung_at": NOW}])
        message = self._popped()
        self.assertEqual(len(message), 1)
        self.assertIn(str(self.specialist.partner_id.id), message.channel)
        self.assertNotIn("13800138000", message.message, "no number goes over the bus")

    def test_told_twice_it_is_one_call(self):
        self._announce()
        answer = self._announce()
        self.assertFalse(answer["popped"])
        self.assertEqual((len(self._ring()), len(self._popped())), (1, 1))

    def test_told_with_another_agent_it_was_put_through(self):
        self._announce()
        self.assertTrue(self._announce(agent="8002")["popped"])
        self.assertEqual(self._ring().user_id, self.colleague)

    def test_an_unknown_agent_is_told_in_words_and_the_call_is_noted(self):
        answer = self._announce(agent="9999")
        self.assertIn("9999", answer["message"])
        self.assertEqual((self._ring().agent, answer["popped"]), ("9999", False))

    def test_an_extension_of_two_people_opens_nobodys_screen(self):
        self.colleague.dcrc_extension = "8001"
        self.assertFalse(self._announce()["agent"])

    def test_an_extension_may_come_as_a_number_and_an_agent_as_a_login(self):
        self.assertEqual(self._announce("n", agent=8001)["agent"], "Specialist")
        self.assertEqual(self._announce("l", agent="dcrc_colleague")["agent"], "Colleague")

    def test_a_hidden_number_is_a_call_too(self):
        for place, number in enumerate(("", "anonymous", "Unknown", "-")):
            self._announce(f"h{place}", number=number)
            with self.subTest(number):
                self.assertFalse(self._ring(f"h{place}").number)
        record = self._as(self.specialist, "dcrc.hotline").open_ring(self._ring("h0").id)
        self.assertEqual((record["hidden"], record["callers"]), (True, []))

    def test_a_number_that_cannot_be_read_is_kept_as_it_came(self):
        self._announce("x", number="12345")
        self.assertEqual(self._ring("x").number, "12345")

    def test_an_outgoing_call_is_noted_and_opens_nothing(self):
        self.assertFalse(self._announce(direction="out")["popped"])
        self.assertEqual(self._ring().direction, "out")

    def test_the_screen_opens_the_callers_file(self):
        self._announce()
        record = self._as(self.specialist, "dcrc.hotline").open_ring(self._ring().id)
        self.assertEqual(record["partner"]["name"], "王芳")
        self.assertEqual(record["typed"]["vehicle_id"], self.car.id)
        self.assertEqual(self._as(self.specialist, "dcrc.hotline").open_ring(self._ring().id)["id"], record["id"])

    def test_of_several_customers_with_the_number_one_is_chosen(self):
        other = self._create_customer("李强", phone="13800138000")
        self._announce()
        record = self._as(self.specialist, "dcrc.hotline").open_ring(self._ring().id)
        self.assertFalse(record["partner"])
        self.assertEqual({row["partner_id"] for row in record["callers"]}, {self.customer.id, other.id})

    def test_a_caller_nobody_knows_is_a_file_in_two_fields(self):
        self._announce(number="13986753090")
        model = self._as(self.specialist, "dcrc.hotline")
        record = model.browse(model.open_ring(self._ring().id)["id"])
        shown = record.make_customer("赵敏")
        self.assertEqual(shown["partner"]["phones"], ["+8613986753090"])
        self.assertEqual(record.partner_id.company_id, self.dealer)

    def test_end_and_length_come_in_once(self):
        self._announce()
        model = self._as(self.colleague, "dcrc.hotline")
        model.end_call("r1", seconds=95, rings=2)
        model.end_call("r1", seconds=5)
        self.assertRecordValues(self._ring(), [{"seconds": 95, "rings": 2, "answered": True, "ended_at": NOW}])
        self.assertFalse(self._ring().hotline_id, "it is written down by whoever took it")

    def test_the_end_of_a_call_that_was_never_announced_is_told(self):
        answer = self._as(self.colleague, "dcrc.hotline").end_call("nothing")
        self.assertFalse(answer["ok"])
        self.assertIn("nothing", answer["message"])

    def test_who_rings_in_vain_is_one_record_a_day_however_often(self):
        model = self._as(self.colleague, "dcrc.hotline")
        for reference in ("a", "b", "c"):
            self._announce(reference, agent="")
            model.end_call(reference)
        record = self._ring("a").hotline_id
        self.assertRecordValues(record, [{"missed": True, "missed_count": 3, "partner_id": self.customer.id}])
        self.assertEqual(self._ring("c").hotline_id, record)
        self.assertIn(record, self._as(self.specialist, "dcrc.hotline").search(record._domains()["missed"]))

    def test_a_thousand_calls_in_a_minute_are_noted_and_open_few_screens(self):
        with patch.object(hotline_telephone, "PER_MINUTE", 40), patch.object(hotline_telephone, "POPS_PER_MINUTE", 5):
            answers = [self._announce(f"m{number}") for number in range(40)]
            with self.assertRaises(UserError):
                self._announce("too much")
            with freeze_time(NOW + timedelta(minutes=2)):
                self.assertTrue(self._announce("later")["popped"])
        self.assertEqual(sum(answer["popped"] for answer in answers), 5)

    def test_noting_a_call_asks_few_queries_whatever_there_is(self):
        self._announce("warm")
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.cr.sql_log_count
        self._announce("one more")
        self.assertLessEqual(self.cr.sql_log_count - start, 25)

    def test_a_call_that_is_taken_up_rings_no_longer(self):
        ringing = self._as(self.specialist, "dcrc.hotline.ring").get_ringing
        self._announce()
        self.assertEqual(ringing(), [{"ring_id": self._ring().id}])
        self.assertFalse(self._as(self.colleague, "dcrc.hotline.ring").get_ringing())
        self._as(self.specialist, "dcrc.hotline").open_ring(self._ring().id)
        self.assertFalse(ringing())

    def test_what_rang_a_while_ago_rings_no_longer(self):
        self._announce()
        with freeze_time(NOW + timedelta(minutes=2)):
            self.assertFalse(self._as(self.specialist, "dcrc.hotline.ring").get_ringing())

    def test_only_a_specialists_key_announces_calls(self):
        for user in (self.outsider, self.workshop, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._announce(user=user)

    def test_another_dealers_call_stays_there(self):
        self._announce(user=self.stranger, agent="8001")
        self.assertEqual(self._ring().company_id, self.other_dealer)
        self.assertFalse(self._ring().user_id)
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.hotline").open_ring(self._ring().id)

    def test_a_dealer_without_the_room_takes_no_calls(self):
        self.dealer.dcrc_room_hotline = False
        with self.assertRaises(UserError):
            self._announce()
