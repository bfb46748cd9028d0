"""三包: warnings from repair orders before the law's limits are reached, each with its source."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from ..tools.faults import find_part, group, same_fault
from ..tools.repair_days import count_days
from .common import NOW, TODAY, DcrcCase


class WarrantyCase(DcrcCase):
    """A car delivered this spring, and its repair orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.service.responsible_id = cls.specialist
        cls.car = cls._create_car(cls._create_customer(), dcrc_delivery_date=TODAY - timedelta(days=200))

    @classmethod
    def _repair(cls, work="空调不制冷", days_ago=0, days=1, kind="warranty", car=None, **vals):
        """A repair order that took so many days (0: still in), judged at once."""
        car = car or cls.car
        came = NOW - timedelta(days=days_ago)
        out = came + timedelta(days=days - 1, hours=1) if days else False
        vals = {"kind": kind, "work": work, "mileage": 0, **vals}
        visit = cls._create_visit(car, date_in=came, date_out=out, **vals)
        car._dcrc_judge_warranty()
        return visit

    @classmethod
    def _row(cls, visit):
        return cls.env["dcrc.warranty.repair"].search([("visit_id", "=", visit.id)])

    def _case(self, kind):
        return self.car.dcrc_warranty_case_ids.filtered(lambda case: case.kind == kind)


@tagged("post_install", "-at_install")
class TestWarranty(WarrantyCase):
    # -- the same fault ---------------------------------------------------------------

    def test_the_third_repair_of_a_fault_warns_with_its_source(self):
        for days_ago in (60, 40):
            self._repair(days_ago=days_ago)
        self.assertFalse(self._case("fault"))
        self._repair("客户反映空调又不制冷", days_ago=20)
        case = self._case("fault")
        self.assertRecordValues(case, [{"figure": 3, "confirmed": 1, "level": "1", "state": "open"}])
        self.assertEqual(case.limit_words, "3 / 4")
        self.assertIn("43", case.source)
        self.assertEqual((case.user_id, case.department_id), (self.specialist, self.service))

    def test_more_than_four_is_the_limit_four_is_not(self):
        for days_ago in (90, 70, 50, 30):
            self._repair(days_ago=days_ago)
        self.assertEqual(self._case("fault").level, "1")
        self._repair(days_ago=10)
        self.assertRecordValues(self._case("fault"), [{"figure": 5, "level": "2"}])

    def test_another_fault_is_counted_apart(self):
        for days_ago in (60, 40):
            self._repair(days_ago=days_ago)
        self._repair("刹车异响", days_ago=20)
        self.assertFalse(self._case("fault"))

    def test_a_person_says_it_is_another_fault_and_that_stays(self):
        for days_ago in (60, 40):
            self._repair(days_ago=days_ago)
        last = self._row(self._repair(days_ago=20))
        self.assertEqual(last.fault_state, "proposed")
        self._as(self.specialist, last).action_other_fault()
        self.assertEqual(self._case("fault").state, "gone")
        self.car._dcrc_judge_warranty()
        self.assertEqual(last.fault_state, "apart")
        self.assertEqual(len(last.fault_id.repair_ids), 1)

    def test_a_person_confirms_the_same_fault(self):
        rows = [self._row(self._repair(days_ago=days_ago)) for days_ago in (60, 40, 20)]
        for row in rows[1:]:
            self._as(self.specialist, row).action_same_fault()
        self.assertEqual(self._case("fault").confirmed, 3)
        self.assertEqual(len(rows[0].fault_id.repair_ids), 3)

    def test_only_the_centers_staff_decide(self):
        for days_ago in (60, 40):
            row = self._row(self._repair(days_ago=days_ago))
        for user in (self.director, self.auditor, self.workshop):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, row).action_same_fault()
        with self.assertRaises(UserError):
            self._as(self.specialist, row).action_comeback()

    # -- what counts ------------------------------------------------------------------

    def test_accidents_services_and_void_orders_don_t_count(self):
        for kind in ("accident", "periodic", "first", "other"):
            self._repair(kind=kind, days=25, days_ago=100)
        void = self._repair(days=25, days_ago=60)
        self.assertTrue(self._case("days"))
        void.void = True
        self.car._dcrc_judge_warranty()
        self.assertFalse(self._row(void))
        self.assertEqual(self._case("days").state, "gone")

    def test_misuse_counts_nowhere(self):
        row = self._row(self._repair(days=25, days_ago=60))
        self._as(self.specialist, row).action_not_covered()
        self.assertFalse(row.counts)
        self.assertEqual(self._case("days").state, "gone")
        self._as(self.specialist, row).action_covered()
        self.assertEqual(self._case("days").state, "open")

    def test_what_was_before_the_delivery_or_after_the_term_does_not_count(self):
        self.car.dcrc_three_pack_end = TODAY - timedelta(days=100)
        late, early = self._repair(days_ago=50), self._repair(days_ago=300)
        inside = self._repair(days_ago=150)
        self.assertEqual([self._row(v).in_term for v in (late, early, inside)], [False, False, True])

    def test_a_car_without_a_plan_has_the_laws_two_years(self):
        self.assertTrue(self._row(self._repair(days_ago=10)).in_term)
        self.car.dcrc_delivery_date = TODAY - timedelta(days=800)
        self.car.dcrc_three_pack_end = False
        self.car._dcrc_judge_warranty()
        self.assertFalse(self.car.dcrc_repair_ids.in_term)

    def test_a_car_sold_before_the_rules_has_none(self):
        self.car.write({"dcrc_delivery_date": date(2021, 12, 31), "dcrc_three_pack_end": TODAY})
        self._repair(days=40, days_ago=60)
        self.assertFalse(self.car.dcrc_warranty_case_ids)

    # -- days -------------------------------------------------------------------------

    def test_twenty_days_warn_thirty_one_are_the_limit(self):
        self._repair("甲", days_ago=100, days=19)
        self.assertFalse(self._case("days"))
        self._repair("乙", days_ago=60, days=1)
        self.assertRecordValues(self._case("days"), [{"figure": 20, "level": "1"}])
        self._repair("丙", days_ago=50, days=10)
        self.assertEqual(self._case("days").level, "1")
        self._repair("丁", days_ago=30, days=1)
        self.assertRecordValues(self._case("days"), [{"figure": 31, "level": "2"}])

    def test_a_day_with_two_orders_counts_once(self):
        self._repair("甲", days_ago=60, days=20)
        self._repair("乙", days_ago=50, days=5)
        self.assertEqual(self._case("days").figure, 20)

    def test_the_fifth_day_of_a_stay_asks_for_a_loaner(self):
        visit = self._repair(days_ago=3, days=0)
        self.assertFalse(self._case("stay"))
        with freeze_time(NOW + timedelta(days=1)):
            self.car._dcrc_judge_warranty()
        self.assertRecordValues(self._case("stay"), [{"figure": 5, "level": "1", "visit_id": visit.id}])
        with freeze_time(NOW + timedelta(days=2)):
            self.car._dcrc_judge_warranty()
        self.assertEqual(self._case("stay").level, "2")

    def test_a_stay_that_ends_ends_its_warning(self):
        visit = self._repair(days_ago=6, days=0)
        visit.date_out = NOW
        self.car._dcrc_judge_warranty()
        self.assertEqual(self._case("stay").state, "gone")

    # -- main parts -------------------------------------------------------------------

    def test_a_main_part_warns_once_and_is_reached_the_second_time(self):
        self._repair("更换变速箱总成", days_ago=90)
        self.assertRecordValues(self._case("part"), [{"part": "变速箱", "figure": 1, "level": "1"}])
        self._repair("再次更换变速箱", days_ago=30)
        self.assertRecordValues(self._case("part"), [{"figure": 2, "level": "2"}])

    def test_a_person_says_that_no_part_was_replaced(self):
        row = self._row(self._repair("更换变速箱油底壳", days_ago=90))
        self._as(self.specialist, row).action_no_part()
        self.assertEqual(self._case("part").state, "gone")
        self.car._dcrc_judge_warranty()
        self.assertEqual(row.part_state, "refused")

    # -- data -------------------------------------------------------------------------

    def test_limits_are_the_dealers_to_change(self):
        limit = self.env["dcrc.warranty.limit"].search([("kind", "=", "fault"), ("company_id", "=", self.dealer.id)])
        self._as(self.manager, limit).warn = 2
        for days_ago in (60, 40):
            self._repair(days_ago=days_ago)
        self.assertEqual(self._case("fault").figure, 2)

    def test_without_a_limit_nothing_is_warned_of(self):
        self.env["dcrc.warranty.limit"].search([("company_id", "=", self.dealer.id)]).active = False
        self._repair(days=40, days_ago=60)
        self.assertFalse(self.car.dcrc_warranty_case_ids)

    # -- in the background ------------------------------------------------------------

    def test_the_night_judges_what_changed_and_what_is_in(self):
        visit = self._create_visit(
            self.car, date_in=NOW - timedelta(days=4), date_out=False, kind="warranty", work="异响"
        )
        cars = self.env["fleet.vehicle"]
        self.assertEqual(cars._dcrc_judge_next(self.dealer, 0), self.car.id)
        self.assertTrue(self._case("stay"))
        with freeze_time(NOW + timedelta(hours=1)):
            visit.date_out = NOW
            self.env.flush_all()
            self.assertEqual(cars._dcrc_judge_next(self.dealer, 0), self.car.id)
        with freeze_time(NOW + timedelta(hours=2)):
            self.assertIsNone(cars._dcrc_judge_next(self.dealer, 0))

    def test_judging_again_changes_nothing(self):
        for days_ago in (60, 40, 20):
            self._repair(days_ago=days_ago)
        before = (self.car.dcrc_repair_ids.ids, self.car.dcrc_warranty_case_ids.ids)
        self.car._dcrc_judge_warranty()
        self.assertEqual((self.car.dcrc_repair_ids.ids, self.car.dcrc_warranty_case_ids.ids), before)

    def test_the_customers_page_says_so(self):
        for days_ago in (60, 40, 20):
            self._repair(days_ago=days_ago)
        labels = [warning["label"] for warning in self.car.dcrc_owner_id._dcrc_warnings()]
        self.assertTrue(any("3 / 4" in label for label in labels))
        found = self._as(self.specialist, "fleet.vehicle").search([("dcrc_warranty_alert", "=", True)])
        self.assertIn(self.car, found)

    def test_a_dealer_without_the_room_is_not_judged(self):
        self._create_visit(self.car, date_in=NOW, date_out=False, kind="warranty")
        self.dealer.dcrc_room_warranty = False
        self.assertNotIn(self.dealer, self.env["res.company"]._dcrc_dealers_with("warranty"))


@tagged("post_install", "-at_install")
class TestFaultTools(BaseCase):
    def test_what_every_order_says_makes_no_fault(self):
        self.assertFalse(same_fault("检查维修，更换总成", "检查维修，更换总成"))
        self.assertFalse(same_fault("", ""))

    def test_latin_words_count_as_a_whole(self):
        self.assertTrue(same_fault("brake noise", "noise of the brake pads"))
        self.assertFalse(same_fault("brake", "break"))

    def test_the_likest_of_several_wins(self):
        repairs = [(1, "空调异响"), (2, "空调不制冷"), (3, "空调还是不制冷")]
        self.assertEqual(group(repairs)[3], 2)

    def test_what_is_apart_draws_nobody(self):
        self.assertEqual(group([(1, "异响"), (2, "异响"), (3, "异响")], apart=(2,)), {1: 1, 2: 2, 3: 1})

    def test_a_gear_that_is_shifted_is_no_part_replaced(self):
        self.assertEqual(find_part("变速箱换挡顿挫", ["变速箱"]), "")
        self.assertEqual(find_part("变速箱换油", ["变速箱"]), "")
        self.assertEqual(find_part("检查发动机；更换电机", ["发动机", "电机"]), "电机")

    def test_days_overlap_once(self):
        self.assertEqual(count_days([(date(2026, 1, 1), date(2026, 1, 3)), (date(2026, 1, 2), date(2026, 1, 5))]), 5)
        self.assertEqual(count_days([]), 0)
