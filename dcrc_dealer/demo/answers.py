"""What customers answer in follow-up calls: sheets of the real questionnaires."""

from datetime import timedelta

from . import calls


class Answers:
    """Writes the answers of conversations, and marks those with something bad.

    A conversation with a dissatisfied answer gets ``gripe``: dict with followup,
    question, kind, words and result, from which `voice.py` makes its complaint.
    """

    def __init__(self, history):
        self.history, self.env, self.rng = history, history.env, history.rng
        self._surveys, self._results = {}, []

    def record(self, conversations):
        """Store the answers of everybody who was reached."""
        sheets, plans = [], []
        for conversation in conversations:
            if conversation.end != "answered":
                continue
            for survey, followups in self._get_asked(conversation).items():
                plans.append((followups, self._answer(conversation, followups[0], survey)))
                sheets.append(self._prepare_sheet(conversation, followups[0], survey))
        records = self.env["survey.user_input"].create(sheets)
        lines = []
        for (followups, answers), sheet in zip(plans, records, strict=True):
            for followup in followups:
                followup.write({"user_input_id": sheet.id, "dissatisfied": followups[0].dissatisfied})
            for question, answer in answers:
                lines += sheet._dcrc_prepare_lines(question, answer)
        self.env["survey.user_input.line"].create(lines)
        for followup, found in self._results:
            followup.write(followup._prepare_result(found))
        self.env["dcrc.followup"].concat(*(f for f, _found in self._results)).vehicle_id.dcrc_forecast_dirty = True
        self._results = []
        readings, self.history.results.readings = self.history.results.readings, []
        self.env["dcrc.mileage.reading"].create(readings)

    def _get_asked(self, conversation):
        """``{questionnaire: follow-ups}``: each is asked once in a conversation, for all it stands for (FUP-10)."""
        asked = {}
        for followup in sorted(conversation.followups, key=lambda f: f.id):
            survey = self._survey(followup.rule_id)
            if survey:
                asked.setdefault(survey, []).append(followup)
        return asked

    def _survey(self, rule):
        if rule not in self._surveys:
            self._surveys[rule] = rule._get_survey()
        return self._surveys[rule]

    def _prepare_sheet(self, conversation, followup, survey):
        ended = self.history.utc(conversation.closed)
        return {
            "survey_id": survey.id,
            "partner_id": conversation.partner.id,
            "nickname": conversation.partner.name,
            "dcrc_followup_id": followup.id,
            "dcrc_company_id": self.history.company.id,
            "state": "done",
            "start_datetime": ended - timedelta(seconds=150),
            "end_datetime": ended,
        }

    def _answer(self, conversation, followup, survey):
        """Return ``[(question, {"answer_id", "text"})]``."""
        kind = survey.dcrc_kind
        questions = survey.question_ids
        found = self._tell(conversation, followup, questions)
        asked = {q: q._dcrc_type() for q in questions}
        codes = [q.dcrc_code for q, kind_of in asked.items() if kind_of == "level"]
        gripe = self._gripe(kind, codes, conversation.upset) if not conversation.gripe else None
        bad = set()
        if gripe:
            bad = {gripe[0]} | ({"A"} if self.rng.random() < 0.25 else set())
            question = questions.filtered(lambda q: q.dcrc_code == gripe[0])
            conversation.gripe = {
                "followup": followup,
                "question": question,
                "kind": question.dcrc_department_kind or kind,
                "words": gripe[1],
                "result": gripe[2],
            }
            followup.dissatisfied = True
        levels = calls.levels(self.rng, codes, bad)
        return [
            (
                question,
                self._fill_role(question, found)
                if question.dcrc_role
                else self._fill(question, asked[question], levels, kind, gripe),
            )
            for question in questions
        ]

    def _tell(self, conversation, followup, questions):
        """``{role: value}`` of what a reminder is answered with; empty for other follow-ups."""
        if not any(questions.mapped("dcrc_role")):
            return {}
        found = self.history.results.draw(followup, conversation.closed)
        choices = questions.filtered(lambda q: q.dcrc_role == "reason").suggested_answer_ids
        if found.get("reason") not in choices.mapped("dcrc_value"):
            found = {role: value for role, value in found.items() if role != "reason"}
        if found:
            self._results.append((followup, found))
        return found

    def _fill_role(self, question, found):
        value = found.get(question.dcrc_role)
        choices = question.suggested_answer_ids
        if not choices:
            return {"text": value or ""}
        if value:
            return {"answer_id": choices.filtered(lambda a: a.dcrc_value == value)[:1].id}
        others = choices.filtered(lambda a: not a.dcrc_value)  # forgot, other
        return {"answer_id": self.rng.choice(others).id if others else False}

    def _gripe(self, kind, codes, upset):
        """One of the things that customers are dissatisfied with, for a few of them."""
        pool = [g for g in calls.GRIPES.get(kind, ()) if g[0] in codes]
        if upset is None:
            upset = self.rng.random() < calls.DISSATISFIED
        return self.rng.choice(pool) if pool and upset else None

    def _fill(self, question, asked, levels, kind, gripe):
        rng, choices = self.rng, question.suggested_answer_ids
        if asked == "level":
            level = levels[question.dcrc_code]
            answer = choices.filtered(lambda a: a.dcrc_level == level)[:1]
            words = gripe and gripe[0] == question.dcrc_code and gripe[1]
            return {"answer_id": answer.id, "text": words or ""}
        if asked == "choice":
            return {"answer_id": rng.choice(choices).id}
        if question.dcrc_code == "N":
            return {"text": rng.choice(calls.NEEDS)}
        talks = not gripe and (kind == "other" or rng.random() < 0.14)
        return {"text": rng.choice(calls.PRAISE.get(kind, calls.PRAISE["service"])) if talks else ""}
