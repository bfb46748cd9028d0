"""Win-back for a selection, the effect in words, and screens that stay quick (RET-2, RET-3)."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY
from .test_retention_lifecycle import RetentionCase


@tagged("post_install", "-at_install")
class TestRetentionWinBack(RetentionCase):
    def _lost_cars(self, count):
        return self.env["fleet.vehicle"].union(
            *(self._judged("2025-10-10", served="2025-12-10") for _number in range(count))
        )

    def _ask(self, cars, user=None, **vals):
        action = self._as(user or self.specialist, cars).action_dcrc_ask_win_back()
        wizard = self._as(user or self.specialist, action["res_model"])
        return wizard.with_context(**action["context"]).create(vals)

    def _cases(self, cars):
        return self.env["dcrc.retention.case"].search([("vehicle_id", "in", cars.ids)])

    def test_a_selection_gets_one_plan_person_and_day(self):
        cars, day = self._lost_cars(3), TODAY + timedelta(days=2)
        plan = self.env.ref("dcrc_dealer.retention_plan_voucher")._dcrc_copy_for(self.dealer)
        self._ask(cars, plan_id=plan.id, user_id=self.colleague.id, next_contact_on=day).action_apply()
        cases = self._cases(cars)
        self.assertEqual((cases.vehicle_id, cases.plan_id, cases.user_id), (cars, plan, self.colleague))
        self.assertEqual((set(cases.mapped("next_contact_on")), set(cases.mapped("cost"))), ({day}, {plan.cost}))

    def test_each_car_gets_its_own_plan_where_none_is_chosen(self):
        cars = self._lost_cars(2)
        cars[0].dcrc_value = 9000
        wizard = self._ask(cars)
        key_customer = self.env.ref("dcrc_dealer.retention_plan_key_customer")._dcrc_copy_for(self.dealer)
        self.assertIn(f"{key_customer.name}: 1", wizard.preview)
        wizard.action_apply()
        self.assertEqual(self._cases(cars[0]).plan_id, key_customer)
        self.assertNotEqual(self._cases(cars[1]).plan_id, key_customer)

    def test_the_preview_says_who_cannot_be_contacted_and_why(self):
        cars = self._lost_cars(2)
        vals = {"partner_id": cars[0].dcrc_contact_id.id, "text": "异响", "company_id": self.dealer.id}
        self.env["dcrc.complaint"].create(vals)
        self.assertIn("No contact for now, Complaint is open: 1", self._ask(cars).preview)

    def test_cars_with_a_case_are_counted_and_left_alone(self):
        cars = self._lost_cars(3)
        cars[0].action_dcrc_win_back()
        wizard = self._ask(cars)
        self.assertEqual((wizard.new_count, wizard.open_count), (2, 1))
        wizard.action_apply()
        self.assertEqual(len(self._cases(cars)), 3)

    def test_a_day_that_has_passed_is_refused(self):
        with self.assertRaisesRegex(UserError, "has passed"):
            self._ask(self._lost_cars(1), next_contact_on=TODAY - timedelta(days=1)).action_apply()

    def test_who_only_reads_opens_no_case(self):
        with self.assertRaises(AccessError):
            self._ask(self._lost_cars(1), user=self.director)

    def test_the_list_names_the_heaviest_reason(self):
        car = self._lost_cars(1)
        self.assertRegex(car.dcrc_risk_reason, r"^Long past its service \(\d+\)$")
        self.assertFalse(self._judged("2026-09-20").dcrc_risk_reason)

    def test_a_customers_car_is_named_by_its_plate(self):
        car = self._due_car("2026-08-01", forecast=False)
        self.assertEqual(car.display_name, f"{car.license_plate} {self.model.name}")
        car.license_plate = False
        self.assertEqual(car.display_name, f"{car.vin_sn} {self.model.name}")

    def test_lists_ask_the_database_as_often_for_many_as_for_few(self):
        def count(limit, model, xmlid):
            mine = self._as(self.specialist, model)
            arch = mine.get_views([(self.env.ref(f"dcrc_dealer.{xmlid}").id, "list")])
            names = arch["models"][model]["fields"]
            return self._count_queries(lambda: mine.web_search_read([], {n: {} for n in names}, limit=limit))

        cars = self._lost_cars(12)
        cars.action_dcrc_win_back()
        for model, xmlid in (
            ("fleet.vehicle", "lost_car_view_list"),
            ("dcrc.retention.case", "retention_case_view_list"),
            ("dcrc.retention.effect", "retention_effect_view_list"),
        ):
            with self.subTest(model=model):
                self.assertEqual(count(3, model, xmlid), count(12, model, xmlid))
