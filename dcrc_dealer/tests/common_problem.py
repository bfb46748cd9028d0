"""What the tests of problem codes share: conversations with bad answers."""

from datetime import timedelta

from .common import NOW, TODAY, DcrcCase


class ProblemCase(DcrcCase):
    """Calls after a visit, each with its answers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env.ref("dcrc_dealer.survey_service")
        cls.rule = cls.env.ref("dcrc_dealer.followup_rule_third")._dcrc_copy_for(cls.dealer)

    @classmethod
    def _problem(cls, code, company=None):
        company = company or cls.dealer
        return cls.env["dcrc.problem"].search([("code", "=", code), ("company_id", "=", company.id)])

    @classmethod
    def _talk(cls, answers=(), days=0, effective=True):
        """A finished call so many days ago; ``answers``: {question's code: (level, words)}."""
        done = NOW - timedelta(days=days)
        visit = cls._create_visit(date_in=done - timedelta(days=2))
        day = (done - timedelta(days=1)).date()
        followup = cls.env["dcrc.followup"].create(
            {
                "rule_id": cls.rule.id,
                "company_id": cls.dealer.id,
                "source_model": "dcrc.service.visit",
                "source_id": visit.id,
                "visit_id": visit.id,
                "partner_id": visit.partner_id.id,
                "vehicle_id": visit.vehicle_id.id,
                "purpose": "care",
                "channel": "phone",
                "anchor_date": day,
                "date_start": day,
                "date_due": TODAY,
                "date_expiry": TODAY,
                "state": "done",
                "effective": effective,
                "done_on": done,
            }
        )
        given = {}
        for code, (level, words) in dict(answers).items():
            question = cls.survey.question_ids.filtered(lambda q, code=code: q.dcrc_code == code)
            answer = question.suggested_answer_ids.filtered(lambda a, level=level: a.dcrc_level == level)
            given[question.id] = {"answer_id": answer.id, "text": words}
        cls.env["survey.user_input"]._dcrc_record(followup, given)
        cls.env.flush_all()
        return followup
