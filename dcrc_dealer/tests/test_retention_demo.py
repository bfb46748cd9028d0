"""The demo's life of bringing cars back: reminders, visits, win-back cases, as a manager expects them."""

from datetime import date, timedelta

from .common_demo import SIZE


class RetentionDemo:
    """Tests of `TestDemo`, which has built the demo."""

    def _rate(self, kind, field="return_rate"):
        domain = [("company_id", "in", self.dealers.ids), ("kind", "=", kind), ("date", "<", self.old)]
        return self.env["dcrc.return.report"]._read_group(domain, [], [f"{field}:avg"])[0][0]

    # -- reminders ----------------------------------------------------------

    def test_most_cars_return_for_periodic_service(self):
        self.assertGreater(self._rate("periodic_service"), 55)
        self.assertLess(self._rate("periodic_service"), 90)

    def test_still_more_return_for_the_first_service(self):
        self.assertGreater(self._rate("first_service"), 62)
        self.assertLess(self._rate("first_service"), 96)

    def test_many_came_after_a_contact_but_not_all(self):
        self.assertGreater(self._rate("periodic_service", "came_rate"), 45)
        self.assertLess(self._rate("periodic_service", "came_rate"), 85)

    def test_reminders_were_made_about_a_week_before_the_estimated_day(self):
        reminders = self._of_all("dcrc.followup", ("rule_id.trigger", "=", "periodic_service"), ("state", "=", "done"))
        ahead = sorted((f.anchor_date - f.done_on.date()).days for f in reminders)
        self.assertGreater(len(ahead), SIZE)
        self.assertIn(ahead[len(ahead) // 2], range(4, 9))

    def test_most_reminders_made_have_a_result(self):
        reminders = self._of_all("dcrc.followup", ("rule_id.trigger", "=", "periodic_service"), ("state", "=", "done"))
        self.assertGreater(len(reminders.filtered("result")), 0.75 * len(reminders))
        self.assertEqual(
            set(reminders.mapped("result")) - {False}, {"booked", "will_come", "elsewhere", "not_yet", "refused"}
        )

    def test_a_result_stands_in_the_answers_too(self):
        booked = self._of_all("dcrc.followup", ("result", "=", "booked"), ("user_input_id", "!=", False))
        self.assertTrue(booked)
        answers = booked.user_input_id.user_input_line_ids.filtered(lambda line: line.question_id.dcrc_role == "result")
        self.assertEqual(set(answers.suggested_answer_id.mapped("dcrc_value")), {"booked"})

    def test_who_booked_comes_more_often_than_who_goes_elsewhere(self):
        report = self.env["dcrc.return.report"]
        domain = [("company_id", "in", self.dealers.ids), ("date", "<", self.old)]
        rates = dict(report._read_group(domain, ["result"], ["return_rate:avg"]))
        self.assertGreater(rates["booked"], 75)
        self.assertLess(rates.get("elsewhere", 0), 25)

    def test_other_workshops_have_names_and_prices(self):
        elsewhere = self._of_all("dcrc.followup", ("result", "=", "elsewhere"))
        self.assertGreater(len(set(elsewhere.mapped("elsewhere_place"))), 2)
        self.assertTrue(all(50 < price < 600 for price in elsewhere.mapped("elsewhere_price") if price))

    def test_reasons_for_not_coming_vary(self):
        given = self._of_all("dcrc.followup", ("result_reason_id", "!=", False))
        self.assertGreater(len(given.result_reason_id), 4)

    def test_nobody_was_reminded_once_the_service_was_done(self):
        rules = ("first_service", "periodic_service")
        reminders = self._of_all("dcrc.followup", ("rule_id.trigger", "in", rules), ("state", "=", "done"))
        for reminder in reminders:
            base, called = reminder.service_base_date or date.min, reminder.done_on.date()
            services = self._services(reminder.vehicle_id)
            self.assertFalse([day for day in services if base < day <= called], reminder.id)

    def _services(self, car):
        visits = self.env["dcrc.service.visit"].search(
            [("vehicle_id", "=", car.id), ("kind", "in", ("first", "periodic"))]
        )
        return [visit.date_in.date() for visit in visits]

    # -- retention -----------------------------------------------------------

    def test_cases_ended_in_every_way(self):
        for dealer in self.dealers:
            states = set(self._of_all("dcrc.retention.case", ("company_id", "=", dealer.id)).mapped("state"))
            self.assertTrue({"won", "lost"} <= states, states)
        states = set(self._of_all("dcrc.retention.case").mapped("state"))
        self.assertTrue({"won", "lost", "open"} <= states, states)

    def test_won_and_lost_cases_are_old_enough_for_the_effect(self):
        old = self.today - timedelta(days=self.dealers[0].dcrc_effect_days)
        states = set(self._of_all("dcrc.retention.case", ("opened_on", "<", old)).mapped("state"))
        self.assertTrue({"won", "lost"} <= states)

    def test_the_effect_has_cases_and_comparable_cars(self):
        rows = self._of_all("dcrc.retention.effect", ("judged", "=", 1))
        self.assertTrue(rows)
        self.assertTrue(rows.filtered(lambda row: row.comparable > 3 and 0 < row.expected_rate < 100))

    def test_a_won_case_came_after_it_was_opened(self):
        for case in self._of_all("dcrc.retention.case", ("state", "=", "won")):
            self.assertGreaterEqual(case.visit_id.date_in.date() + timedelta(days=1), case.opened_on)
            self.assertEqual(case.visit_id.vehicle_id, case.vehicle_id)

    def test_a_lost_case_has_its_reason(self):
        self.assertTrue(all(case.reason_id for case in self._of_all("dcrc.retention.case", ("state", "=", "lost"))))

    def test_cases_follow_the_plan_that_is_proposed_and_were_worked_on(self):
        cases = self._of_all("dcrc.retention.case", ("opened_on", "<", self.today - timedelta(days=12)))
        self.assertEqual(cases, cases.filtered("plan_id"))
        worked = cases.filtered(lambda case: case.attempt_count)
        self.assertGreater(len(worked), 0.7 * len(cases))

    def test_stages_were_noted_through_the_whole_year(self):
        changes = self._of_all("dcrc.lifecycle.change")
        months = {change.date.replace(day=1) for change in changes.filtered(lambda c: c.stage == "at_risk")}
        self.assertGreaterEqual(len(months), 9)
        self.assertFalse(changes.filtered(lambda c: c.date > self.today))

    def test_each_change_begins_where_the_one_before_ended(self):
        for changes in self._of_all("dcrc.lifecycle.change").grouped("vehicle_id").values():
            stages = changes.sorted("id")
            for before, after in zip(stages, stages[1:], strict=False):
                self.assertEqual((after.old_stage, after.date >= before.date), (before.stage, True))

    def test_judging_again_tonight_changes_nothing(self):
        changes = self._of_all("dcrc.lifecycle.change")
        self._of_all("fleet.vehicle", ("dcrc_kind", "=", "customer"))._dcrc_judge()
        self.assertEqual(self._of_all("dcrc.lifecycle.change"), changes)

    def test_the_past_was_judged_as_today_would(self):
        """Few cars stand otherwise than the past's last verdict said: the walk knows what the judge knows."""
        cars = self._of_all("fleet.vehicle", ("dcrc_kind", "=", "customer"), ("dcrc_stage", "!=", "new"))
        surprised = cars.filtered(lambda car: car.dcrc_stage_since == self.today)
        self.assertLess(len(surprised), 0.12 * len(cars))

    def test_some_cars_are_of_another_region_and_out_of_warranty(self):
        cars = self._of_all("fleet.vehicle", ("dcrc_region", "!=", False))
        other = len(cars.filtered(lambda car: car.dcrc_region == "other")) / len(cars)
        self.assertTrue(0.03 < other < 0.2, other)
        self.assertEqual(set(cars.mapped("dcrc_warranty_state")) - {False}, {"in", "out"})

    def test_alarms_ring_for_a_few_cars(self):
        cars = self._of_all("fleet.vehicle", ("dcrc_kind", "=", "customer"))
        alarms = cars.filtered("dcrc_alarm").mapped("dcrc_alarm")
        self.assertTrue(alarms)
        self.assertLess(len(alarms), 0.12 * len(cars))

    def test_forecast_notes_tell_of_odd_readings(self):
        cars = self._of_all("fleet.vehicle", ("dcrc_kind", "=", "customer")).with_context(lang="en_US")
        notes = cars.mapped("dcrc_forecast_note")
        self.assertTrue([note for note in notes if note and "is left out" in note])
        self.assertTrue([note for note in notes if note and "Meter replaced" in note])

    # -- appointments --------------------------------------------------------

    def test_about_seventeen_of_twenty_came_to_their_appointment(self):
        figure = self.env["dcrc.appointment.figure"]
        domain = [("company_id", "in", self.dealers.ids), ("day", "<", self.today)]
        [[rate]] = figure._read_group(domain, [], ["arrival_rate:avg"])
        self.assertTrue(0.72 < rate < 0.96, rate)

    def test_what_was_promised_in_a_call_became_an_appointment(self):
        promised = self._of_all("dcrc.appointment", ("followup_id", "!=", False))
        self.assertTrue(promised)
        self.assertEqual(promised.followup_id.vehicle_id, promised.vehicle_id)
        self.assertEqual(set(promised.followup_id.mapped("result")), {"booked"})
