"""Stage and risk from rules that are data: the engine alone (RET-1)."""

from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.lifecycle import judge

TODAY = date(2026, 10, 14)
BLANK = dict(threshold=0, threshold_to=0, points=0, stage=False, alarm=False, block_reason=False)


def rule(number, condition, **vals):
    return {**BLANK, "id": number, "condition": condition, **vals}


def ago(days):
    return TODAY - timedelta(days=days)


STAGES = [
    rule(1, "overdue", threshold=361, stage="gone"),
    rule(2, "overdue", threshold=91, threshold_to=360, stage="lost", points=50),
    rule(3, "overdue", threshold=15, threshold_to=90, stage="at_risk", points=20),
    rule(4, "refused", threshold=1, points=40),
    rule(5, "score", threshold=50, stage="at_risk"),
    rule(6, "delivered_within", threshold=120, stage="new"),
    rule(7, "always", stage="active"),
]


@tagged("post_install", "-at_install")
class TestRetentionJudge(BaseCase):
    def _stage(self, **facts):
        return judge(STAGES, facts, TODAY).stage

    def test_stages_by_days_past_due(self):
        stages = [self._stage(next_service=ago(days)) for days in (-5, 0, 14, 15, 90, 91, 360, 361)]
        self.assertEqual(stages, ["active", "active", "active", "at_risk", "at_risk", "lost", "lost", "gone"])

    def test_a_new_car(self):
        self.assertEqual(self._stage(delivered=ago(30)), "new")
        self.assertEqual(self._stage(delivered=ago(121)), "active")
        self.assertEqual(self._stage(delivered=ago(30), service_count=1), "active")

    def test_points_add_up_and_stay_within_a_hundred(self):
        rules = [rule(1, "refused", threshold=1, points=70), rule(2, "elsewhere", threshold=1, points=70)]
        self.assertEqual(judge(rules, {"refused": 1, "elsewhere": 1}, TODAY).score, 100)
        self.assertEqual(judge([rule(1, "refused", threshold=1, points=-20)], {"refused": 1}, TODAY).score, 0)

    def test_a_high_score_makes_an_active_car_risky(self):
        rules = [*STAGES[:4], rule(8, "dissatisfied", threshold=1, points=20), *STAGES[4:]]
        self.assertEqual(judge(rules, {"refused": 2, "dissatisfied": 1}, TODAY).stage, "at_risk")

    def test_reasons_say_which_rule_and_how_much(self):
        reasons = judge(STAGES, {"next_service": ago(100), "refused": 2}, TODAY).reasons
        self.assertEqual([(r["rule"], r["points"], r["figure"]) for r in reasons], [(2, 50, 100), (4, 40, 2)])

    def test_what_is_not_known_does_not_count(self):
        self.assertEqual(judge(STAGES, {}, TODAY), ("active", 0, [], None, None))

    def test_alarm_new_car_not_back(self):
        rules = [rule(1, "never_back", threshold=60, alarm="new_not_back")]
        self.assertIsNone(judge(rules, {"delivered": ago(59)}, TODAY).alarm)
        self.assertEqual(judge(rules, {"delivered": ago(60)}, TODAY).alarm, "new_not_back")
        self.assertIsNone(judge(rules, {"delivered": ago(80), "last_visit": ago(10)}, TODAY).alarm)

    def test_alarm_second_service_dropout(self):
        rules = [rule(1, "second_overdue", threshold=30, alarm="second_dropout")]
        alarms = [judge(rules, {"next_service": ago(40), "service_count": n}, TODAY).alarm for n in (0, 1, 2)]
        self.assertEqual(alarms, [None, "second_dropout", None])

    def test_it_knows_when_to_look_again(self):
        verdict = judge(STAGES, {"next_service": ago(20)}, TODAY)
        self.assertEqual(verdict.check_on, ago(20) + timedelta(days=91))
        later = judge(STAGES, {"next_service": ago(20)}, verdict.check_on)
        self.assertEqual((verdict.stage, later.stage), ("at_risk", "lost"))

    def test_between_two_looks_nothing_changes(self):
        """The day named is the first on which the verdict differs, whatever the day one starts from."""
        facts = {"next_service": ago(0), "delivered": ago(100), "refused": 1}
        day = TODAY
        while day < TODAY + timedelta(days=500):
            verdict = judge(STAGES, facts, day)
            stop = verdict.check_on or TODAY + timedelta(days=500)
            while day < stop:
                self.assertEqual(judge(STAGES, facts, day).stage, verdict.stage)
                day += timedelta(days=1)

    def test_an_answer_grows_old(self):
        verdict = judge(STAGES, {"refused": 1, "oldest": ago(364)}, TODAY)
        self.assertEqual(verdict.check_on, TODAY + timedelta(days=1))

    def test_blocked_for_a_reason(self):
        rules = [rule(1, "blocked", block_reason="sold", stage="gone", points=60)]
        self.assertEqual(judge(rules, {"block_reason": "sold"}, TODAY).stage, "gone")
        self.assertIsNone(judge(rules, {"block_reason": "no_phone"}, TODAY).stage)
