"""三包: what the customer claims has the law's clocks; comeback repairs have their rate."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NOW, TODAY
from .test_warranty import WarrantyCase


@tagged("post_install", "-at_install")
class TestWarrantyCase(WarrantyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for days_ago in (60, 40, 20):
            cls._repair(days_ago=days_ago)
        cls.case = cls.car.dcrc_warranty_case_ids
        cls.mine = cls.case.with_user(cls.specialist).with_context(allowed_company_ids=cls.dealer.ids)

    def _clock(self, kind, state="running"):
        return self.case.clock_ids.filtered(lambda clock: clock.kind == kind and clock.state == state)

    def test_a_warning_waits_until_somebody_takes_it_in_hand(self):
        self.assertTrue(self._clock("warranty_seen"))
        self.mine.action_seen()
        self.assertFalse(self._clock("warranty_seen"))
        self.assertEqual(self.case.seen_by, self.specialist)

    def test_who_is_responsible_is_told_at_work(self):
        with freeze_time(NOW.replace(hour=20)):  # at night
            self.env["dcrc.clock"]._climb_batch(self.dealer)
            self.env["dcrc.clock.climb"]._tell(self.dealer)
        lines = self.env["dcrc.clock.climb"].search([("clock_id", "in", self.case.sudo().clock_ids.ids)])
        self.assertTrue(lines)
        self.assertFalse(lines.filtered("told_on"))
        with freeze_time(NOW + timedelta(days=1)):
            self.env["dcrc.clock.climb"]._tell(self.dealer)
        self.assertIn(self.specialist, lines.filtered("told_on").user_id)

    def test_the_limit_reached_is_told_anew(self):
        self.mine.action_seen()
        for days_ago in (10, 5):
            self._repair(days_ago=days_ago)
        self.assertEqual(self.case.level, "2")
        self.assertTrue(self._clock("warranty_seen"))

    def test_a_claim_has_ten_and_twenty_working_days(self):
        self.mine.claim = "要求换车"
        self.mine.action_claim()
        local = self.dealer._dcrc_to_local
        self.assertEqual(local(self._clock("warranty_reply").due_on).date(), TODAY + timedelta(days=10))
        self.assertEqual(local(self._clock("warranty_done").due_on).date(), TODAY + timedelta(days=20))

    def test_a_closed_day_makes_the_time_no_shorter(self):
        midnight = self.dealer._dcrc_day_bounds(TODAY + timedelta(days=1))
        vals = {"name": "国庆", "company_id": self.dealer.id, "date_from": midnight[0], "date_to": midnight[1]}
        self.env["resource.calendar.leaves"].create(vals)
        self.mine.claim = "要求换车"
        self.mine.action_claim()
        due = self.dealer._dcrc_to_local(self._clock("warranty_reply").due_on).date()
        self.assertEqual(due, TODAY + timedelta(days=11))

    def test_a_reply_meets_one_clock_the_other_runs_on(self):
        self.mine.claim = "要求换车"
        self.mine.action_claim()
        self.mine.reply = "同意检测"
        self.mine.action_reply()
        self.assertFalse(self._clock("warranty_reply"))
        self.assertTrue(self._clock("warranty_reply", "met") and self._clock("warranty_done"))

    def test_steps_want_their_words(self):
        for step in ("action_claim", "action_reply", "action_done"):
            with self.subTest(step=step), self.assertRaises(UserError):
                getattr(self.mine, step)()

    def test_a_claim_is_noted_once(self):
        self.mine.claim = "要求换车"
        self.mine.action_claim()
        with self.assertRaises(UserError):
            self.mine.action_claim()

    def test_settled_ends_all_clocks(self):
        self.mine.write({"claim": "要求换车", "result": "更换总成，客户满意"})
        self.mine.action_claim()
        self.mine.action_done()
        self.assertRecordValues(self.case, [{"state": "done", "closed_by": self.specialist.id}])
        self.assertFalse(self.case.clock_ids.filtered(lambda clock: clock.state == "running"))

    def test_what_the_customer_claims_does_not_end_by_itself(self):
        self.mine.claim = "要求换车"
        self.mine.action_claim()
        self.car.dcrc_repair_ids[0].covered = False
        self.car._dcrc_judge_warranty()
        self.assertEqual(self.case.state, "open")

    def test_a_settled_case_is_taken_up_again_when_it_gets_worse(self):
        self.mine.result = "已处理"
        self.mine.action_done()
        self._repair(days_ago=15)
        self.assertEqual(self.case.state, "done")
        self._repair(days_ago=5)
        self.assertEqual(self.case.state, "open")

    def test_a_long_stay_is_settled_with_a_loaner_or_an_allowance(self):
        self._repair("底盘异响", days_ago=6, days=0)
        stay = self._as(self.specialist, self._case("stay"))
        stay.result = "已提供"
        with self.assertRaises(UserError):
            stay.action_done()
        stay.remedy = "loaner"
        stay.action_done()
        self.assertEqual(stay.state, "done")

    def test_figures_and_steps_are_no_fields_to_write(self):
        for vals in ({"figure": 0}, {"state": "gone"}, {"claimed_on": NOW}, {"level": "1"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.mine.write(vals)
        for user in (self.director, self.auditor):
            with self.assertRaises(AccessError):
                self._as(user, self.case).action_seen()

    def test_the_tiles_and_the_list_count_alike(self):
        overview = self._as(self.manager, "dcrc.console").get_overview()
        tiles = next(group["tiles"] for group in overview["groups"] if group["key"] == "warranty")
        self.assertEqual({tile["key"]: tile["count"] for tile in tiles}, {"warranty_open": 1, "warranty_reached": 0})


@tagged("post_install", "-at_install")
class TestComeback(WarrantyCase):
    def _came_back(self, days, km=100, work="空调还是不制冷", kind="repair"):
        self._repair(days_ago=40, mileage=10000)
        return self._row(self._repair(work, days_ago=40 - days, mileage=10000 + km, kind=kind))

    def test_within_ten_days_and_two_thousand_km_it_is_proposed(self):
        self.assertEqual(self._came_back(10).comeback_state, "proposed")

    def test_beyond_either_it_is_not(self):
        self.assertFalse(self._came_back(12).comeback_state)

    def test_beyond_the_km_it_is_not(self):
        self.assertFalse(self._came_back(5, km=2001).comeback_state)

    def test_other_work_is_no_comeback(self):
        self.assertFalse(self._came_back(5, work="前挡玻璃").comeback_state)

    def test_what_the_dms_calls_rework_is_one(self):
        row = self._came_back(5, work="前挡玻璃", kind="rework")
        self.assertEqual(row.comeback_state, "confirmed")

    def test_a_service_has_a_longer_guarantee(self):
        self._create_visit(
            self.car, date_in=NOW - timedelta(days=40), kind="periodic", work="更换机油 漏油", mileage=10000
        )
        row = self._row(self._repair("发动机漏油", days_ago=15, mileage=12000))
        self.assertEqual(row.comeback_state, "proposed")

    def test_the_first_repair_of_a_car_comes_back_from_none(self):
        self.assertFalse(self._row(self._repair()).comeback_of_id)

    def _measure(self):
        self.env.flush_all()
        return self.env["dcrc.comeback"]._measure(self.dealer, TODAY - timedelta(days=60), TODAY)

    def test_a_proposal_is_no_comeback_until_somebody_says_so(self):
        row = self._came_back(5)
        found = self._measure()
        self.assertEqual((found["numerator"], found["proposed"], found["denominator"]), (0, 1, 2))
        self._as(self.specialist, row).action_comeback()
        self.assertEqual(self._measure()["numerator"], 1)
        self._as(self.specialist, row).action_no_comeback()
        self.car._dcrc_judge_warranty()
        self.assertEqual((self._measure()["numerator"], row.comeback_state), (0, "refused"))

    def test_a_rate_is_of_enough_orders(self):
        self._as(self.specialist, self._came_back(5)).action_comeback()
        self.assertIsNone(self._measure()["rate"])
        for days_ago in (3, 2, 1):
            self._create_visit(date_in=NOW - timedelta(days=days_ago))
        self.assertEqual(self._measure()["rate"], 20.0)
