from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time

from .common import NOW
from .common_followup import FollowupCase


class TestFollowupContact(FollowupCase):
    """The queue: who gets whom, and nobody twice."""

    def _queue(self, *customers):
        """Open a third call for each customer; return the contacts."""
        calls = [self._open_third(self._create_car(customer)) for customer in customers]
        return self.Contact.browse([call.contact_id.id for call in calls])

    def _claim_as(self, user):
        return self._as(user, "dcrc.contact")._claim_next(user)

    def test_overdue_work_of_the_pool_comes_before_own_work_of_today(self):
        pool = self._create_customer("陈静")
        own = self._create_customer("王芳", dcrc_specialist_id=self.specialist.id)
        contacts = self._queue(pool, own)
        contacts[0].date_due = self._day(-1)
        self.assertEqual(self._claim_as(self.specialist), contacts[0])

    def test_priority_comes_before_lateness(self):
        contacts = self._queue(self._create_customer("陈静"), self._create_customer("王芳"))
        contacts[0].date_due = self._day(-5)
        contacts[1].priority = "2"
        self.assertEqual(self._claim_as(self.specialist), contacts[1])

    def test_a_call_back_of_a_day_that_is_over_is_overdue(self):
        contact = self._queue(self._create_customer())
        contact.write({"is_callback": True, "call_after": NOW - timedelta(hours=2)})
        self.assertFalse(contact.is_late)
        contact.call_after = NOW - timedelta(days=1)
        self.assertTrue(contact.is_late)
        domains = self._as(self.specialist, "dcrc.contact")._queue_domains()
        self.assertEqual(self.Contact.search(domains["late"]), contact)
        self.assertFalse(self.Contact.search(domains["callback"]))

    def test_the_field_and_the_search_say_the_same_of_every_contact(self):
        contacts = self._queue(*(self._create_customer() for _n in range(5)))
        for contact, day in zip(contacts, (-2, -1, 0, 1, 2)):
            contact.date_due = self._day(day)
        contacts[2].write({"is_callback": True, "call_after": NOW - timedelta(hours=10)})
        self.env.flush_all()
        found = self.Contact.search([("id", "in", contacts.ids), ("is_late", "=", True)])
        self.assertEqual(found, contacts.filtered("is_late").sorted("id"))

    def test_opened_and_skipped_is_no_call(self):
        contact = self._as(self.specialist, self._queue(self._create_customer()))
        contact._claim()
        contact._start_call()
        contact._release()
        self.assertFalse(contact.call_ids)

    def test_what_was_typed_is_kept_when_skipped(self):
        contact = self._as(self.specialist, self._queue(self._create_customer()))
        contact._claim()
        call = contact._start_call()
        call._save_draft({"note": "开会"})
        contact._release()
        self.assertEqual(contact.call_ids, call)

    def test_a_screen_closed_with_the_window_is_swept_up(self):
        contact = self._as(self.specialist, self._queue(self._create_customer()))
        contact._claim()
        call = contact._start_call()
        self.env["dcrc.call"]._gc_unmade()
        self.assertTrue(call.exists(), "she may still be on the line")
        with freeze_time(NOW + timedelta(hours=1)):
            self.env["dcrc.call"]._gc_unmade()
        self.assertFalse(call.exists())

    def test_own_customers_of_a_day_come_before_the_pools(self):
        pool = self._create_customer("陈静")
        own = self._create_customer("王芳", dcrc_specialist_id=self.specialist.id)
        contacts = self._queue(pool, own)
        self.assertEqual(self._claim_as(self.specialist), contacts[1])

    def test_a_colleagues_customer_is_not_offered(self):
        self._queue(self._create_customer(dcrc_specialist_id=self.colleague.id))
        self.assertFalse(self._claim_as(self.specialist))

    def test_two_people_get_two_customers(self):
        contacts = self._queue(self._create_customer(), self._create_customer("陈静"))
        self.assertEqual(self._claim_as(self.specialist) | self._claim_as(self.colleague), contacts)
        self.assertFalse(self._claim_as(self.manager))

    def test_who_holds_a_customer_is_named(self):
        contact = self._queue(self._create_customer())
        self._as(self.specialist, contact)._claim()
        with self.assertRaisesRegex(UserError, "Specialist is with this customer"):
            self._as(self.colleague, contact)._claim()

    def test_a_hold_ends_by_itself(self):
        contact = self._queue(self._create_customer())
        self._as(self.specialist, contact)._claim()
        with freeze_time(NOW + timedelta(minutes=21)):
            self.assertEqual(self._claim_as(self.colleague), contact)

    def test_a_released_customer_is_free(self):
        contact = self._queue(self._create_customer())
        self._as(self.specialist, contact)._claim()
        self._as(self.specialist, contact)._release()
        self.assertEqual(self._claim_as(self.colleague), contact)

    def test_nobody_is_offered_in_rest_hours_but_who_asked_to_be_called(self):
        contacts = self._queue(self._create_customer(), self._create_customer("陈静"))
        contacts[1].write({"is_callback": True, "call_after": NOW})
        with freeze_time(NOW + timedelta(hours=3)):
            self.assertEqual(self._claim_as(self.specialist), contacts[1])
            self.assertFalse(self._claim_as(self.colleague))

    def test_a_customer_spoken_to_today_is_left_alone_till_tomorrow(self):
        first = self._open_first()
        self._finish(first, "answered", answers=self._answers(first))
        third = self._open_third(first.vehicle_id)
        self.assertGreater(third.contact_id.call_after, NOW)
        self.assertFalse(self._claim_as(self.specialist))

    def test_late_due_and_callback_are_apart_and_make_up_everything(self):
        contacts = self._queue(*(self._create_customer(name) for name in ("王芳", "陈静", "李强")))
        contacts[0].date_due = self._day(-1)
        contacts[1].is_callback = True
        domains = self._as(self.specialist, "dcrc.contact")._queue_domains()
        parts = [self.Contact.search(domains[key]) for key in ("late", "callback", "due")]
        self.assertEqual(parts, [contacts[0], contacts[1], contacts[2]])
        self.assertEqual(self.Contact.search(domains["all"]), contacts[0] | contacts[1] | contacts[2])

    def test_a_manager_shares_contacts_among_specialists(self):
        contacts = self._queue(self._create_customer(), self._create_customer("陈静"))
        wizard = self._as(self.manager, "dcrc.reassign").with_context(default_contact_ids=contacts.ids)
        with Form(wizard) as form:
            form.user_ids = self.specialist | self.colleague
        form.record.action_apply()
        self.assertEqual(contacts.user_id, self.specialist | self.colleague)

    def test_contacts_are_not_given_to_another_dealers_people(self):
        contacts = self._queue(self._create_customer())
        wizard = self._as(self.manager, "dcrc.reassign").create(
            {"contact_ids": contacts.ids, "user_ids": self.stranger.ids}
        )
        with self.assertRaisesRegex(UserError, "not a specialist"):
            wizard.action_apply()

    def test_a_customer_given_to_a_colleague_takes_the_contact_along(self):
        customer = self._create_customer(dcrc_specialist_id=self.specialist.id)
        contact = self._queue(customer)
        customer.dcrc_specialist_id = self.colleague
        self.assertEqual(contact.user_id, self.colleague)

    def test_merged_customers_have_one_open_contact_with_all_reasons(self):
        kept, gone = self._create_customer(), self._create_customer("王小芳")
        contacts = self._queue(kept, gone)
        reasons = contacts.followup_ids
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge([kept.id, gone.id], kept)
        self.assertEqual(reasons.contact_id, contacts[0])
        self.assertEqual(contacts.mapped("state"), ["open", "cancelled"])
