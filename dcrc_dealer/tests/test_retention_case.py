"""Win-back cases: plan by value, contacts through follow-ups, reasons, effect, access (RET-2, RET-3)."""

from datetime import date, datetime, timedelta

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NOW, TODAY
from .test_retention_lifecycle import RetentionCase

ROLES = ("specialist", "manager", "workshop", "director", "auditor", "outsider")
READ, ALL = "r", "rwcu"
MATRIX = {
    "dcrc.lifecycle.rule": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.lifecycle.change": dict(specialist=READ, manager=READ, director=READ, auditor=READ),
    "dcrc.retention.plan": dict(specialist=READ, manager=ALL, director=READ, auditor=READ),
    "dcrc.retention.case": dict(specialist="rwc", manager="rwc", director=READ, auditor=READ),
    "dcrc.retention.effect": dict(specialist=READ, manager=READ, director=READ, auditor=READ),
}
OPERATIONS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}


@tagged("post_install", "-at_install")
class TestRetentionCase(RetentionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        template = cls.env.ref("dcrc_dealer.followup_rule_win_back")
        cls.rules_by_key["win_back"] = template._dcrc_copy_for(cls.dealer)

    def _lost_car(self, **vals):
        return self._judged("2025-10-10", served="2025-12-10", **vals)

    def _case(self, **vals):
        return self.env["dcrc.retention.case"].create({"vehicle_id": self._lost_car().id, **vals})

    def _plan_of(self, key):
        return self.env.ref(f"dcrc_dealer.retention_plan_{key}")._dcrc_copy_for(self.dealer)

    def test_a_case_keeps_how_the_car_stood(self):
        case = self._case()
        self.assertEqual((case.stage, case.region), ("lost", "local"))
        self.assertEqual(case.partner_id, case.vehicle_id.dcrc_contact_id)
        self.assertIn("Long past its service", case.risk_note)

    def test_the_plan_goes_by_the_customers_value(self):
        cheap, dear = self._lost_car(), self._lost_car()
        dear.dcrc_value = 9000
        plans = self.env["dcrc.retention.plan"].search([("company_id", "=", self.dealer.id)])
        self.assertEqual(plans._propose_for(dear), self._plan_of("key_customer"))
        self.assertNotEqual(plans._propose_for(cheap), self._plan_of("key_customer"))

    def test_cases_of_several_cars_at_once(self):
        cars = self._lost_car() | self._lost_car()
        action = self._as(self.specialist, cars).action_dcrc_win_back()
        cases = self.env["dcrc.retention.case"].search(action["domain"])
        self.assertEqual(cases.vehicle_id, cars)
        with self.assertRaisesRegex(UserError, "have an open win-back case"):
            cars.action_dcrc_win_back()

    def test_the_database_refuses_a_second_open_case(self):
        case = self._case()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            case.copy()

    def test_attempts_are_follow_ups(self):
        case = self._case()
        self._plan()
        followup = self._of("win_back", vehicle_id=case.vehicle_id.id)
        self.assertEqual((followup.state, followup.partner_id), ("open", case.partner_id))
        self._finish(followup, "no_answer")
        case.invalidate_recordset()
        self.assertEqual((case.followup_ids, case.attempt_count), (followup, 1))

    def test_another_day_is_another_attempt(self):
        case = self._case()
        self._plan()
        case.next_contact_on = TODAY + timedelta(days=5)
        self._plan()
        self.assertEqual(len(self._of("win_back", vehicle_id=case.vehicle_id.id)), 2)

    def test_a_visit_wins_the_case(self):
        case = self._case()
        self._plan()
        visit = self._create_visit(case.vehicle_id, NOW + timedelta(hours=1))
        self.assertEqual((case.state, case.visit_id, case.closed_on), ("won", visit, TODAY))
        self.assertEqual(self._of("win_back", vehicle_id=case.vehicle_id.id).state, "cancelled")

    def _make_void(self, visit, void=True):
        visit.sudo().write({"void": void, "void_cause": "status" if void else False})

    def test_a_case_won_by_a_visit_that_turns_void_goes_on(self):
        case = self._case()
        visit = self._create_visit(case.vehicle_id, NOW + timedelta(hours=1))
        self._make_void(visit)
        self.assertEqual((case.state, case.visit_id, case.closed_on), ("open", visit.browse(), False))
        self._make_void(visit, False)
        self.assertEqual((case.state, case.visit_id), ("won", visit))

    def test_another_visit_keeps_the_case_won(self):
        case = self._case()
        first, second = (self._create_visit(case.vehicle_id, NOW + timedelta(hours=n)) for n in (1, 5))
        self._make_void(first)
        self.assertEqual((case.state, case.visit_id), ("won", second))

    def test_a_car_keeps_one_open_case_when_an_older_one_loses_its_visit(self):
        old = self._case()
        visit = self._create_visit(old.vehicle_id, NOW + timedelta(hours=1))
        new = self._case(vehicle_id=old.vehicle_id.id)
        self._make_void(visit)
        self.assertEqual((old.state, new.state), ("cancelled", "open"))

    def test_an_old_visit_typed_in_late_wins_nothing(self):
        case = self._case()
        self._create_visit(case.vehicle_id, NOW - timedelta(days=40))
        self.assertEqual(case.state, "open")

    def test_a_loss_needs_its_reason(self):
        case = self._case()
        with self.assertRaisesRegex(UserError, "reasons are counted"):
            case.action_lost()
        case.reason_id = self.env.ref("dcrc_dealer.reason_lost_no_time")
        case.action_lost()
        self.assertEqual((case.state, case.closed_on), ("lost", TODAY))

    def test_a_closed_case_moves_only_where_it_may(self):
        case = self._case()
        case.action_cancel()
        with self.assertRaisesRegex(UserError, "cannot become"):
            case.action_won()
        case.action_reopen()
        self.assertEqual((case.state, case.next_contact_on), ("open", TODAY))

    def test_the_reason_told_on_the_phone_stands_on_the_case(self):
        case = self._case()
        self._plan()
        reason = self.env.ref("dcrc_dealer.reason_lost_no_time")
        attempt = self._of("win_back", vehicle_id=case.vehicle_id.id)
        attempt.write({"result": "refused", "result_reason_id": reason.id})
        self.assertEqual(case.reason_id, reason)

    def test_the_script_names_the_plan(self):
        plan = self._plan_of("voucher")
        case = self._case(plan_id=plan.id)
        self._plan()
        values = self._of("win_back", vehicle_id=case.vehicle_id.id)._get_placeholders()
        self.assertEqual(values["item"], plan.name)

    def test_plans_know_their_success(self):
        plan = self._plan_of("voucher")
        won, lost = self._case(plan_id=plan.id), self._case(plan_id=plan.id)
        won.action_won()
        lost.reason_id = self.env.ref("dcrc_dealer.reason_lost_no_time")
        lost.action_lost()
        self.assertEqual((plan.case_count, plan.won_rate), (2, 50))

    def test_access_matrix(self):
        for model, granted in MATRIX.items():
            for role in ROLES:
                records = self._as(getattr(self, role), model)
                got = "".join(k for k, op in OPERATIONS.items() if records.has_access(op))
                self.assertEqual(got, granted.get(role, ""), (model, role))

    def test_another_dealer_sees_nothing(self):
        self._case()
        for model in ("dcrc.retention.case", "dcrc.lifecycle.change", "dcrc.retention.effect"):
            self.assertFalse(self._as(self.stranger, model).search([]), model)
        plans = self._as(self.stranger, "dcrc.retention.plan").search([])
        self.assertEqual(plans.company_id, self.other_dealer)


@tagged("post_install", "-at_install")
class TestRetentionEffect(RetentionCase):
    """Cars that entered the stage half a year ago; some had a case, some came back."""

    def setUp(self):
        super().setUp()
        self.dealer.write({"dcrc_effect_cars": 1, "dcrc_rate_minimum": 1})
        self.plan_asked = self.env["dcrc.retention.plan"].search([("company_id", "=", self.dealer.id)], limit=1)

    def _entered(self, came=False, case=False, day=date(2026, 4, 1), **change):
        car = self._due_car("2025-01-10", forecast=False)
        self.env["dcrc.lifecycle.change"].create(
            {
                "vehicle_id": car.id,
                "company_id": self.dealer.id,
                "date": day,
                "stage": "lost",
                "region": "local",
                "warranty": "in",
                **change,
            }
        )
        found = self.env["dcrc.retention.case"]
        if case:
            found = found.create(
                {
                    "vehicle_id": car.id,
                    "opened_on": day,
                    "stage": "lost",
                    "region": "local",
                    "warranty": "in",
                    "plan_id": False,
                }
            )
        if came:
            self._create_visit(car, datetime.combine(day + timedelta(days=20), datetime.min.time()))
        return found

    def _row(self, case):
        return self.env["dcrc.retention.effect"].browse(case.id)

    def test_a_case_stands_beside_comparable_cars(self):
        case = self._entered(came=True, case=True)
        for came in (True, False, False, False):
            self._entered(came=came)
        row = self._row(case)
        self.assertEqual((row.came_rate, row.expected_rate, row.effect, row.comparable), (100, 25, 75, 4))

    def test_cars_of_another_region_are_not_comparable(self):
        case = self._entered(case=True)
        self._entered(came=True, region="other")
        self.assertEqual(self._row(case).comparable, 0)

    def test_cars_with_a_case_are_no_comparison(self):
        case = self._entered(case=True)
        self._entered(came=True, case=True)
        self.assertEqual(self._row(case).comparable, 0)

    def test_a_young_case_is_not_judged_yet(self):
        row = self._row(self._entered(case=True, day=date(2026, 9, 1)))
        self.assertEqual((row.judged, row.came_rate), (0, 0))

    def test_who_came_too_late_did_not_come_because_of_it(self):
        case = self._entered(case=True)
        self._create_visit(case.vehicle_id, datetime(2026, 9, 1))
        self.assertEqual(self._row(case).came_rate, 0)

    def _planned(self, came=False, **vals):
        case = self._entered(came=came, case=True, **vals)
        case.plan_id = self.plan_asked
        return case

    def test_a_plan_stands_beside_its_comparable_cars(self):
        self._planned(came=True)
        for came in (True, False, False, False):
            self._entered(came=came)
        self.assertEqual(self.plan_asked.effect, "+75.0 points: 100.0 % came back, 25.0 % of 4 comparable cars")

    def test_too_few_cars_say_nothing(self):
        self.dealer.dcrc_effect_cars = 5
        case = self._planned(came=True)
        self._entered()
        self.assertEqual(self.plan_asked.effect, "– too few comparable cars (1)")
        self.assertEqual(self._row(case).reason_empty, "– 1 comparable cars, 5 needed")
        [cell] = self.env["dcrc.retention.effect"].formatted_read_group([("id", "=", case.id)], [], ["effect:avg"])
        self.assertIs(cell["effect:avg"], False)  # a dash in the pivot

    def test_too_few_cases_say_nothing(self):
        self.dealer.dcrc_rate_minimum = 2
        case = self._planned(came=True)
        self._entered()
        self.assertEqual(self.plan_asked.effect, "– too few cases to judge (1 of 2)")
        specs = ["came_rate:avg", "expected_rate:avg", "effect:avg"]
        [cell] = self.env["dcrc.retention.effect"].formatted_read_group([("id", "=", case.id)], [], specs)
        self.assertEqual([cell[spec] for spec in specs], [False] * 3)

    def test_a_visit_of_the_first_morning_hours_is_of_its_day(self):
        case = self._entered(case=True)  # judged from 1 April on
        self._create_visit(case.vehicle_id, datetime(2026, 3, 31, 16, 30))  # 00:30 of 1 April in Shanghai
        self.assertEqual(self._row(case).came_rate, 100)

    def test_a_young_case_says_when_it_is_judged(self):
        case = self._planned(day=TODAY)
        self.assertEqual(self.plan_asked.effect, "– no case is old enough to judge")
        self.assertIn("– to be judged on", self._row(case).reason_empty)
