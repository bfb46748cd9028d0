from datetime import timedelta
from unittest.mock import patch

from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestFollowupPlanner(FollowupCase):
    """Handbook FUP-1, FUP-3, CUS-5, REM-6: who is to be contacted, and when."""

    def test_a_delivery_brings_a_first_call_due_within_three_days(self):
        self._create_delivery(date=TODAY)
        self._plan()
        first = self._of("first")
        self.assertEqual(first.date_start, self._day(1))
        self.assertEqual(first.date_due, self._day(3))
        self.assertEqual(first.state, "planned")

    def test_the_second_call_starts_three_weeks_after_delivery(self):
        delivery = self._create_delivery(date=self._day(-21))
        self._plan()
        second = self._of("second", delivery_id=delivery.id)
        self.assertEqual((second.date_start, second.state), (TODAY, "open"))

    def test_every_finished_visit_brings_a_third_call(self):
        third = self._open_third()
        self.assertEqual(third.date_due, self._day(1))
        self.assertEqual(third.state, "open")

    def test_a_visit_in_the_workshop_is_not_followed_up_yet(self):
        visit = self._create_visit(date_out=False)
        self._plan()
        self.assertFalse(self._of("third"))
        visit.date_out = NOW
        self._plan()
        self.assertEqual(self._of("third").visit_id, visit)

    def test_who_brought_the_car_is_asked_only_while_nobody_owns_it(self):
        owner, bringer = self._create_customer("李强"), self._create_customer("张伟")
        asked = []
        for car in (self._create_car(owner), self._create_car(company=self.dealer)):
            visit = self._create_visit(car, NOW - timedelta(days=2), partner_id=bringer.id)
            self._plan()
            asked.append(self._of("third", visit_id=visit.id).partner_id)
        self.assertEqual(asked, [owner, bringer])

    def test_planning_again_changes_nothing(self):
        self._create_delivery(date=self._day(-2))
        self._plan()
        before = self.Followup.search([]).read(["state", "contact_id", "date_due"])
        figures = self._plan()
        self.assertFalse(figures.get("planned") or figures.get("opened"))
        self.assertEqual(self.Followup.search([]).read(["state", "contact_id", "date_due"]), before)

    def test_one_person_due_for_two_things_has_one_contact(self):
        car = self._create_car(self._create_customer())
        self._create_delivery(car, date=self._day(-22))
        third = self._open_third(car)
        contact = third.contact_id
        both = self.rules_by_key["second"] | self.rules_by_key["third"]
        self.assertEqual(contact.followup_ids.rule_id, both)
        self.assertEqual(contact.date_due, min(contact.followup_ids.mapped("date_due")))

    def test_a_later_reason_joins_the_open_contact(self):
        first = self._open_first()
        third = self._open_third(first.vehicle_id, days=-1)
        self.assertEqual(third.contact_id, first.contact_id)

    def test_a_new_car_not_back_after_two_months_is_lost(self):
        delivery = self._create_delivery(date=self._day(-62))
        back = self._create_delivery(date=self._day(-62))
        self._create_visit(back.vehicle_id, NOW - timedelta(days=30))
        self._plan()
        self.assertEqual(self._of("lost_new").delivery_id, delivery)

    def test_a_car_a_month_past_its_service_is_lost(self):
        visit = self._create_visit(date_in=NOW - timedelta(days=220))
        self._plan()
        lost = self._of("lost_service")
        self.assertEqual((lost.visit_id, lost.state), (visit, "open"))

    def test_only_the_last_visit_counts_for_an_overdue_service(self):
        visit = self._create_visit(date_in=NOW - timedelta(days=220))
        self._create_visit(visit.vehicle_id, NOW - timedelta(days=60))
        self._plan()
        self.assertFalse(self._of("lost_service"))

    def test_a_lost_customer_who_comes_in_is_not_called(self):
        delivery = self._create_delivery(date=self._day(-62))
        self._plan()
        self._create_visit(delivery.vehicle_id, NOW - timedelta(hours=5))
        self._plan()
        lost = self._of("lost_new")
        self.assertEqual((lost.state, lost.cancel_reason_id.code), ("cancelled", "came_back"))
        self.assertEqual(lost.contact_id.state, "cancelled")

    def test_a_newly_assigned_customer_is_welcomed_within_a_week(self):
        self._create_customer(dcrc_specialist_id=self.specialist.id)
        self._plan()
        self.assertEqual(self._of("welcome").date_due, self._day(7))
        self.assertEqual(self._of("welcome").user_id, self.specialist)

    def test_what_was_over_before_the_rule_began_is_left_alone(self):
        self.rules.active_from = TODAY
        self._create_delivery(date=self._day(-8))  # given up after seven days
        last_chance = self._create_delivery(date=self._day(-7))
        self._plan()
        self.assertEqual(self._of("first").delivery_id, last_chance)

    def test_a_list_that_comes_too_late_counts_as_missed(self):
        self._create_delivery(date=self._day(-30))
        self._plan()
        self.assertEqual(self._of("first").state, "missed")

    def test_a_late_list_is_found_although_its_days_were_planned_before(self):
        self._plan()
        delivery = self._create_delivery(date=self._day(-10))
        self._plan()
        self.assertEqual(self._of("first").delivery_id, delivery)

    def test_what_nobody_did_by_its_expiry_is_missed(self):
        first = self._open_first()
        with freeze_time(NOW + timedelta(days=7)):
            self._plan()
        self.assertEqual(first.state, "missed")
        self.assertEqual(first.contact_id.state, "missed")

    def test_the_specialist_of_the_customer_gets_the_contact(self):
        car = self._create_car(self._create_customer(dcrc_specialist_id=self.specialist.id))
        self.assertEqual(self._open_third(car).contact_id.user_id, self.specialist)

    def test_without_a_specialist_the_contact_goes_to_the_pool(self):
        self.assertFalse(self._open_third().contact_id.user_id)

    def test_contacts_of_a_specialist_who_left_go_to_the_next_one(self):
        customer = self._create_customer(dcrc_specialist_id=self.specialist.id)
        third = self._open_third(self._create_car(customer))
        self.specialist.active = False
        customer.with_context(active_test=False).dcrc_specialist_id = self.colleague
        self._plan()
        self.assertEqual(third.contact_id.user_id, self.colleague)

    def test_the_filter_of_a_rule_narrows_it_down(self):
        self.rules_by_key["third"].source_domain = "[('kind', '=', 'accident')]"
        self._create_visit(date_in=NOW - timedelta(days=2))
        accident = self._create_visit(date_in=NOW - timedelta(days=2), kind="accident")
        self._plan()
        self.assertEqual(self._of("third").visit_id, accident)

    def test_a_rule_that_cannot_be_planned_keeps_no_other_from_planning(self):
        self._create_delivery(date=self._day(-2))
        rule = self.rules_by_key["first"]
        self.env.cr.execute(
            "UPDATE dcrc_followup_rule SET source_domain = %s WHERE id = %s", ("[('no', '=', 1)]", rule.id)
        )
        rule.invalidate_recordset()
        with mute_logger("odoo.addons.dcrc_dealer.models.followup.followup_planner_insert"):
            self._create_delivery(date=self._day(-21))
            self._plan()
        self.assertTrue(rule.problem)
        self.assertIn(rule.problem, rule.warning)
        self.assertTrue(self._of("second"))

    def test_a_mended_rule_catches_up(self):
        rule = self.rules_by_key["first"]
        self._create_delivery(date=self._day(-2))
        rule.active = False
        self._plan()
        rule.active = True
        self._plan()
        self.assertEqual(self._of("first").state, "open")

    def test_changed_figures_move_what_is_planned_and_not_begun(self):
        self._create_delivery(date=TODAY)
        self._plan()
        self.rules_by_key["first"].write({"window_count": 1, "window_unit": "week"})
        self.assertEqual(self._of("first").date_due, self._day(8))

    def test_an_archived_rule_takes_its_followups_out_of_the_queue(self):
        first = self._open_first()
        self.rules_by_key["first"].active = False
        self.assertEqual(first.state, "cancelled")
        self.assertEqual(first.contact_id.state, "cancelled")

    def test_the_form_tells_what_unsaved_figures_would_plan(self):
        self._create_delivery(date=self._day(-2))
        self._create_delivery(date=self._day(-30))
        with Form(self._as(self.manager, self.rules_by_key["first"])) as form:
            self.assertIn("1 follow-ups", form.preview)
            self.assertIn("1 due tomorrow", form.preview)
            form.window_count = 6
            form.expiry_days = 30
            self.assertIn("2 follow-ups", form.preview)
            self.assertIn("0 due tomorrow", form.preview)

    def test_the_form_warns_of_what_would_count_as_missed_at_once(self):
        self._create_delivery(date=self._day(-30))
        with Form(self._as(self.manager, self.rules_by_key["first"])) as form:
            self.assertIn("1 whose time has passed", form.preview)
            form.active_from = TODAY
            self.assertNotIn("passed", form.preview)

    def test_another_dealers_cars_are_not_counted_nor_planned(self):
        customer = self._create_customer(company=self.other_dealer)
        self._create_delivery(self._create_car(customer), date=self._day(-2))
        self._plan()
        self.assertFalse(self.Followup.search([("partner_id", "=", customer.id)]))

    def test_the_scheduled_action_plans_every_dealer(self):
        here = self._create_delivery(date=self._day(-2))
        there = self._create_delivery(
            self._create_car(self._create_customer(company=self.other_dealer)), date=self._day(-2)
        )
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_plan").method_direct_trigger()
        found = self.Followup.search([("delivery_id", "in", (here | there).ids), ("state", "=", "open")])
        self.assertEqual(found.company_id, self.dealer | self.other_dealer)

    def test_an_error_at_one_dealer_keeps_no_other_from_planning(self):
        there = self._create_delivery(
            self._create_car(self._create_customer(company=self.other_dealer)), date=self._day(-2)
        )
        Planner = type(self.planner)
        original = Planner._step_plan

        def broken(planner, company, until=None):
            if company == self.dealer:
                raise ValueError("broken")
            return original(planner, company, until)

        logger = "odoo.addons.dcrc_dealer.models.foundations.worker"
        patched = patch.object(Planner, "_step_plan", broken)
        with self.enter_registry_test_mode(), patched, mute_logger(logger):
            self.env.ref("dcrc_dealer.ir_cron_plan").method_direct_trigger()
        self.assertTrue(self.Followup.search([("delivery_id", "=", there.id)]))

    def test_planning_takes_the_same_queries_for_one_car_and_for_many(self):
        def planned_queries(count):
            for _i in range(count):
                self._create_delivery(date=self._day(-2))
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            self._plan()
            self.env.flush_all()
            return self.cr.sql_log_count - start

        planned_queries(1)
        self.assertEqual(planned_queries(12), planned_queries(2))
