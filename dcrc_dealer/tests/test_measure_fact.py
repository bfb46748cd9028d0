"""Facts by day follow every change of what they stand on, whoever writes it, and are the same when made anew."""

from datetime import date, timedelta

from odoo.tests import tagged
from odoo.tools import SQL

from .common import NOW
from .common_figures import MONTH, FiguresCase


@tagged("post_install", "-at_install")
class TestMeasureFact(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followups = cls._year()
        cls._refresh()

    def _rebuild(self):
        """Throw all facts away and make them anew."""
        self.env.cr.execute("DELETE FROM dcrc_measure_fact")
        for measure in self.measures._find():
            self.env["dcrc.measure.mark"]._mark_rebuild(measure, self.dealer | self.other_dealer)
        self._refresh()

    def _assert_same(self):
        """What was kept up to date is what is made from nothing."""
        self._refresh()
        kept = self._snapshot()
        self._rebuild()
        self.assertEqual(kept, self._snapshot())
        self.assertTrue(kept)

    def test_a_year_with_old_papers_corrected_is_the_same_when_made_anew(self):
        visits = self.env["dcrc.service.visit"].search([("company_id", "=", self.dealer.id)])
        for number, visit in enumerate(visits):
            if number % 4 == 0:
                visit.date_in += timedelta(days=-40)
            elif number % 4 == 1:
                visit.vehicle_id = self.cars[number % len(self.cars)]
            elif number % 7 == 0:
                visit.kind = "periodic"
        for delivery in self.env["dcrc.delivery"].search([("company_id", "=", self.dealer.id)])[::3]:
            delivery.date += timedelta(days=35)
        for followup in self.followups[::3]:
            followup.write({"date_due": followup.date_due + timedelta(days=2), "user_id": self.colleague.id})
        self._assert_same()

    def test_what_leaves_the_base_changes_its_day(self):
        before = self._figure("success", *MONTH)
        gone = self.followups.filtered(lambda f: f.base_state == "in" and MONTH[0] <= f.date_due <= MONTH[1])[:3]
        gone.write({"base_state": "out", "exit_source": "rule"})
        self._refresh()
        after = self._figure("success", *MONTH)
        self.assertEqual((after.denominator, after.excluded), (before.denominator - 3, before.excluded + 3))

    def test_figures_are_right_before_their_facts_are(self):
        before = self._figure("success", *MONTH)
        moved = self.followups.filtered(lambda f: MONTH[0] <= f.date_due <= MONTH[1])[:5]
        moved.write({"date_due": date(2026, 7, 1), "date_expiry": date(2026, 7, 9)})
        facts = self.facts.search_count([])
        self.assertEqual(
            self._figure("success", *MONTH).denominator + self._figure("success", *MONTH).excluded,
            before.denominator + before.excluded - 5,
        )
        self.assertEqual(self.facts.search_count([]), facts)

    def test_writing_by_sql_marks_the_day_before_and_the_day_after(self):
        followup = self.followups[0]
        before = str(followup.date_due)
        self.env["dcrc.measure.mark"].search([]).unlink()
        self.env.cr.execute(
            SQL(
                "UPDATE dcrc_followup SET date_due = %s, date_expiry = %s WHERE id = %s",
                date(2026, 8, 1),
                date(2026, 8, 9),
                followup.id,
            )
        )
        marks = self.env["dcrc.measure.mark"].search([("table_name", "=", "dcrc_followup")])
        self.assertEqual({mark.row["date_due"] for mark in marks}, {before, "2026-08-01"})

    def test_a_write_that_no_figure_stands_on_marks_nothing(self):
        self.env["dcrc.measure.mark"].search([]).unlink()
        self.followups[0].write({"priority": "2", "cancel_note": "x"})
        self.env.flush_all()
        self.assertFalse(self.env["dcrc.measure.mark"].search([]))

    def test_a_late_answer_and_a_merged_person_change_their_day(self):
        answered = self.followups.filtered("effective")[:2]
        self._answer(answered[0])
        answered[1].user_id = self.colleague
        self._assert_same()

    def test_what_is_deleted_leaves_its_day(self):
        self.env["dcrc.sample.line"].search([("company_id", "=", self.dealer.id)])[:3].sudo().unlink()
        self._assert_same()

    def test_a_setting_that_changes_figures_makes_them_anew(self):
        self.dealer.dcrc_return_window_days = 200
        self.dealer.dcrc_file_days = 0
        self._assert_same()

    def test_a_dealer_in_another_zone_has_other_days(self):
        self.dealer.dcrc_tz = "America/New_York"
        self._assert_same()

    def test_a_measure_counted_in_another_way_is_made_anew(self):
        measure = self.measures._find(["success"])
        measure.built_version = 0
        self.env.cr.execute(SQL("DELETE FROM dcrc_measure_fact WHERE measure_id = %s", measure.id))
        self.env["dcrc.measure.mark"]._install()
        self.assertEqual(measure.built_version, measure.version)
        self._assert_same()

    def test_a_dealer_that_opens_within_the_period_counts_from_then_on(self):
        kept = {name: getattr(type(self), name) for name in ("cars", "dice", "filled")}
        self._year(self.other_dealer, seed=2)
        for name, value in kept.items():
            setattr(type(self), name, value)
        self._refresh()
        [mine, theirs] = self.measures._find(["success"])._get_figures(self.dealer | self.other_dealer, *MONTH)
        self.assertNotEqual(mine.denominator, 0)
        self.assertNotEqual(theirs.denominator, 0)
        self._assert_same()

    def test_the_rate_of_a_group_is_that_of_its_sums(self):
        domain = [("company_id", "=", self.dealer.id), ("day", ">=", MONTH[0]), ("day", "<=", MONTH[1])]
        success = self.measures._find(["success"])
        [(_measure, rate)] = self.facts._read_group(
            [*domain, ("measure_id", "=", success.id)], ["measure_id"], ["rate:avg"]
        )
        self.assertEqual(rate, self._figure("success", *MONTH).value)

    def test_a_change_under_way_is_not_lost(self):
        """A mark that comes while others are worked off stays for the next time."""
        followup = self.followups[0]
        followup.date_due += timedelta(days=1)
        self.env.flush_all()
        marks = self.env["dcrc.measure.mark"].search([])
        self.env["dcrc.measure.mark"]._refresh_marked(self.dealer, marks)
        followup.date_due += timedelta(days=1)
        self.env.flush_all()
        marks.unlink()
        self.assertTrue(self.env["dcrc.measure.mark"].search([]))
        self._assert_same()

    def test_marks_are_worked_off_once(self):
        self._create_visit(self.cars[0], NOW, kind="rework")
        self.env.flush_all()
        mine = [("company_id", "=", self.dealer.id)]
        self.assertTrue(self.env["dcrc.measure.mark"].search(mine))
        self.assertTrue(self.env["dcrc.measure.mark"]._refresh_batch(self.dealer))
        self.assertFalse(self.env["dcrc.measure.mark"].search(mine))
        self.assertFalse(self.env["dcrc.measure.mark"]._refresh_batch(self.dealer))
