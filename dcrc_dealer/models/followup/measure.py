from odoo import api, models

from ...tools.measure import Formula, Part, Watch, own_moments, watch_days

SUCCESS, COVERAGE, ANSWER = "dcrc.success.report", "dcrc.coverage", "dcrc.answer.report"
OF_CALLS = """SELECT f.company_id, f.date_due AS day FROM m
                JOIN dcrc_call_dcrc_followup_rel r ON r.dcrc_call_id = (m.row->>'id')::int
                JOIN dcrc_followup f ON f.id = r.dcrc_followup_id"""
SUCCESS_WATCHES = (
    watch_days(
        "dcrc_followup",
        "date_due",
        others=("state", "base_state", "effective", "dissatisfied", "rule_id", "user_id", "delivery_id", "done_on"),
    ),
    Watch("dcrc_call", OF_CALLS, ("id",), ("state", "ended_at")),
    Watch(
        "dcrc_followup_rule",
        "SELECT f.company_id, f.date_due AS day FROM m JOIN dcrc_followup f ON f.rule_id = (m.row->>'id')::int",
        ("id",),
        ("trigger",),
    ),
)
ANSWER_WATCHES = (
    Watch("dcrc_followup", own_moments("done_on"), ("done_on",), ("user_id", "delivery_id", "user_input_id")),
    Watch(
        "survey_user_input_line",
        """SELECT f.company_id, (f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS day FROM m
             JOIN survey_user_input u ON u.id = (m.row->>'user_input_id')::int
             JOIN dcrc_followup f ON f.id = u.dcrc_followup_id
             JOIN res_company k ON k.id = f.company_id""",
        ("user_input_id",),
        ("dcrc_level", "skipped", "question_id"),
        "dcrc_company_id",
    ),
)


def _calls(**conditions):
    """Sales and service calls of the success report."""
    domain = [(name, "=", value) for name, value in conditions.items()]
    return Part(SUCCESS, "date", domain, user="user_id", department="department")


def _answers(*conditions, amount=""):
    return Part(ANSWER, "date", list(conditions), user="user_id", department="department", amount=amount)


def _papers(triggers, statuses=None, out=None):
    """Papers of the coverage that are to be followed up, or out of it."""
    domain = [("trigger", "in", triggers)]
    domain += [("status", "in", statuses)] if statuses else []
    domain += [("status", "not in", out)] if out else []
    return Part(COVERAGE, "date", domain, user="user_id", department="department")


class Measure(models.Model):
    """Figures of calls: success, coverage, attempts in time, what customers answered."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        overall = ("overall", "=", True)
        return {
            **super()._measures(),
            "success": self._success_of(_calls(effective=1)),
            "in_time": self._success_of(_calls(in_time=1)),
            "dissatisfied": Formula(_calls(dissatisfied=1), _calls(effective=1), daily=True, watches=SUCCESS_WATCHES),
            "coverage": self._coverage_of(("delivery", "visit")),
            "satisfied": Formula(
                _answers(overall, ("level", ">=", 4)), _answers(overall), daily=True, watches=ANSWER_WATCHES
            ),
            "csi": Formula(_answers(amount="level"), _answers(amount="possible"), daily=True, watches=ANSWER_WATCHES),
        }

    @api.model
    def _success_of(self, numerator):
        """A share of the calls that are due (FUP-10)."""
        return Formula(
            numerator, _calls(due=1), _calls(left=1), reason="reason_id", daily=True, watches=SUCCESS_WATCHES
        )

    @api.model
    def _coverage_of(self, triggers):
        """A share of the papers that are to be followed up; it changes as days go by and is counted when asked."""
        coverage = self.env["dcrc.coverage"]
        return Formula(
            _papers(triggers, statuses=coverage._CALLED),
            _papers(triggers, out=coverage._NOT_DUE),
            _papers(triggers, statuses=coverage._NOT_DUE),
            reason="status",
        )
