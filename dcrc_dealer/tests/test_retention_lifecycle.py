"""Cars are judged nightly, only those that changed, with reasons in words (RET-1, RET-2)."""

from datetime import date, datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import NOW, TODAY
from .test_service_reminder import ReminderCase


class RetentionCase(ReminderCase):
    """Cars with a stage."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dealer.dcrc_local_plates = "渝"

    @classmethod
    def _life_rule(cls, key):
        return cls.env.ref(f"dcrc_dealer.lifecycle_rule_{key}")._dcrc_copy_for(cls.dealer)

    def _judged(self, delivered="2026-01-10", served=None, km=5000, **vals):
        """A car delivered and served on days, forecast and judged."""
        car = self._due_car(delivered, forecast=False, **vals)
        if served:
            self._create_visit(car, datetime.fromisoformat(f"{served} 02:00:00"), mileage=km, kind="first")
        car._dcrc_forecast()
        car._dcrc_judge()
        return car


@tagged("post_install", "-at_install")
class TestRetentionLifecycle(RetentionCase):
    def test_stages_of_cars(self):
        stages = [
            self._judged("2026-09-20").dcrc_stage,
            self._judged("2026-01-10", served="2026-07-10").dcrc_stage,
            self._judged("2026-01-10", served="2026-03-10", km=2000).dcrc_stage,
            self._judged("2025-10-10", served="2025-12-10").dcrc_stage,
            self._judged("2024-01-10", served="2024-04-10").dcrc_stage,
        ]
        self.assertEqual(stages, ["new", "active", "at_risk", "lost", "gone"])

    def test_the_call_screen_says_who_is_about_to_go_and_why(self):
        lost = self._judged("2025-10-10", served="2025-12-10")
        active = self._judged("2026-01-10", served="2026-07-10")
        notes = self._as(self.specialist, "dcrc.console")._get_car_notes(lost | active)
        told = [note["text"] for note in notes[lost] if note["text"].startswith("Lost since")]
        self.assertRegex(told[0], r"^Lost since \S+: Long past its service, ")
        self.assertFalse([note for note in notes[active] if "since" in note["text"]])

    def test_the_risk_says_why(self):
        car = self._judged("2025-10-10", served="2025-12-10")
        self.assertIn("+50 Long past its service (", car.dcrc_risk_note)
        self.assertGreaterEqual(car.dcrc_risk, 50)

    def test_alarms(self):
        self.assertEqual(self._judged("2026-08-01").dcrc_alarm, "new_not_back")
        self.assertEqual(self._judged("2026-01-10", served="2026-03-01").dcrc_alarm, "second_dropout")
        self.assertFalse(self._judged("2026-09-20").dcrc_alarm)

    def test_region_by_plate(self):
        self.assertEqual(self._judged().dcrc_region, "local")
        self.assertEqual(self._judged(license_plate="川A12345").dcrc_region, "other")
        self.assertFalse(self._judged(license_plate=False).dcrc_region)

    def test_without_a_setting_the_usual_province_is_local(self):
        self.dealer.dcrc_local_plates = False
        for _n in range(3):
            self._due_car()
        self.assertEqual(self.dealer._dcrc_get_local_plates(), ["渝"])

    def test_in_and_out_of_warranty(self):
        self.assertEqual(self._judged(dcrc_warranty_end="2026-10-14").dcrc_warranty_state, "in")
        self.assertEqual(self._judged(dcrc_warranty_end="2026-10-13").dcrc_warranty_state, "out")

    def test_a_warranty_that_ends_is_noticed_the_day_after(self):
        car = self._judged("2026-09-20", dcrc_warranty_end="2026-10-20")
        self.assertEqual(car.dcrc_lifecycle_on, date(2026, 10, 21))

    def test_a_change_of_stage_is_noted_once(self):
        car = self._judged("2026-01-10", served="2026-03-10", km=2000)
        car._dcrc_judge()
        with freeze_time("2027-02-01 02:00:00"):
            car._dcrc_judge()
        changes = self.env["dcrc.lifecycle.change"].search([("vehicle_id", "=", car.id)], order="id")
        self.assertEqual(changes.mapped("stage"), ["at_risk", "lost"])
        self.assertEqual(car.dcrc_stage_since, date(2027, 2, 1))

    def test_the_cron_judges_what_changed_and_what_is_due(self):
        steady, due, changed = (self._judged("2026-09-20") for _n in range(3))
        due.dcrc_lifecycle_on = TODAY
        changed._dcrc_touch_lifecycle(changed.ids)
        found = self.env["fleet.vehicle"].search(self.env["fleet.vehicle"]._dcrc_judge_domain())
        self.assertEqual((due | changed) & found, due | changed)
        self.assertNotIn(steady, found)
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_lifecycle").method_direct_trigger()
        due.invalidate_recordset()
        self.assertGreater(due.dcrc_lifecycle_on, TODAY)

    def test_a_refusal_raises_the_risk(self):
        car = self._judged("2026-07-25", served="2026-08-25")
        before = car.dcrc_risk
        rule = self.rules_by_key["first_service"]
        self.Followup.create(
            {
                "rule_id": rule.id,
                "company_id": self.dealer.id,
                "partner_id": car.dcrc_contact_id.id,
                "vehicle_id": car.id,
                "source_model": "fleet.vehicle",
                "source_id": car.id,
                "purpose": "care",
                "channel": "phone",
                "anchor_date": TODAY,
                "date_start": TODAY,
                "date_due": TODAY,
                "date_expiry": TODAY,
                "done_on": NOW,
            }
        ).write({"state": "done", "result": "refused"})
        self.assertTrue(car.dcrc_lifecycle_dirty)
        car._dcrc_judge()
        self.assertEqual(car.dcrc_risk - before, 15)

    def test_a_wish_not_to_be_called_counts(self):
        car = self._judged("2026-09-20")
        self.env["dcrc.do.not.contact"].create(
            {"partner_id": car.dcrc_contact_id.id, "reason_id": self.env.ref("dcrc_dealer.reason_dnc_asked").id}
        )
        car._dcrc_judge()
        self.assertIn("Does not want to be contacted", car.dcrc_risk_note)

    def test_a_changed_threshold_has_the_dealers_cars_judged_anew(self):
        car, other = self._judged(), self._create_car(self._create_customer(company=self.other_dealer))
        other._dcrc_judge()
        self._life_rule("lost").threshold = 30
        self.assertTrue(car.dcrc_lifecycle_dirty)
        self.assertFalse(other.dcrc_lifecycle_dirty)

    def test_a_rule_that_says_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "says nothing"):
            self.env["dcrc.lifecycle.rule"].create({"name": "?", "condition": "overdue", "threshold": 5})

    def test_a_block_without_reason_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "why it cannot be contacted"):
            self.env["dcrc.lifecycle.rule"].create({"name": "?", "condition": "blocked", "points": 5})

    def test_money_spent_in_two_years(self):
        car = self._due_car("2023-01-10", forecast=False)
        for day, amount in (("2024-01-10", 500), ("2026-02-10", 300), ("2026-06-10", 200)):
            self._create_visit(car, datetime.fromisoformat(f"{day} 02:00:00"), amount_total=amount)
        car._dcrc_judge()
        self.assertEqual(car.dcrc_value, 500)

    def test_lost_list_by_region_and_warranty(self):
        car = self._judged("2025-10-10", served="2025-12-10")
        lost = self.env["fleet.vehicle"]._dcrc_lost_domains()["lost"]
        groups = car._read_group(lost, ["dcrc_region", "dcrc_warranty_state"], ["__count"])
        self.assertEqual(groups, [("local", car.dcrc_warranty_state, 1)])

    def test_ten_times_the_cars_need_no_more_queries(self):
        counts = []
        for number in (2, 20):
            cars = self.env["fleet.vehicle"].browse([self._due_car("2026-01-10").id for _n in range(number)])
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            cars._dcrc_judge()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 12)

    def test_a_visit_makes_a_lost_car_active(self):
        car = self._judged("2025-10-10", served="2025-12-10")
        self._create_visit(car, NOW - timedelta(hours=5), mileage=12000)
        car._dcrc_forecast()
        self.assertTrue(car.dcrc_lifecycle_dirty)
        car._dcrc_judge()
        self.assertEqual(car.dcrc_stage, "active")
