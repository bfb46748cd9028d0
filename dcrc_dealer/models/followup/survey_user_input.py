from odoo import api, fields, models
from odoo.exceptions import UserError


class SurveyUserInput(models.Model):
    """Answers of a customer, by phone or through the link: one place for both (FUP-8)."""

    _inherit = "survey.user_input"

    dcrc_followup_id = fields.Many2one("dcrc.followup", "Follow-up", index=False, ondelete="set null", copy=False)
    dcrc_company_id = fields.Many2one("res.company", "Dealer", index="btree_not_null")
    email = fields.Char(dcrc_personal="about")
    nickname = fields.Char(dcrc_personal="about")

    _dcrc_followup_once = models.UniqueIndex(
        "(dcrc_followup_id) WHERE dcrc_followup_id IS NOT NULL", "This follow-up has its answers already."
    )

    def _mark_done(self):
        result = super()._mark_done()
        if not self._dcrc_told("dcrc_by_phone"):
            self.filtered("dcrc_followup_id")._dcrc_take_link_answers()
        return result

    @api.model
    def _dcrc_open(self, followup):
        """Return the answer sheet of `followup`, made with the newest questionnaire if need be."""
        sheet = followup.user_input_id
        survey = followup.rule_id._get_survey()
        if not sheet and survey:
            partner = followup.partner_id
            sheet = self.sudo().create(
                {
                    "survey_id": survey.id,
                    "partner_id": partner.id,
                    "email": partner.email,
                    "nickname": partner.name,
                    "dcrc_followup_id": followup.id,
                    "dcrc_company_id": followup.company_id.id,
                }
            )
            followup.user_input_id = sheet
        return sheet

    @api.model
    def _dcrc_check_answers(self, followup, given):
        """Refuse what is no answer of a question of this questionnaire (`given` as for `_dcrc_record`)."""
        survey = followup.user_input_id.survey_id or followup.rule_id._get_survey()
        questions = {question.id: question for question in survey.question_ids}
        for question_id, answer in given.items():
            question = questions.get(question_id)
            if not question:
                raise UserError(self.env._("This question is not asked in this call; open the call again."))
            chosen = answer.get("answer_id")
            if chosen and int(chosen) not in question.suggested_answer_ids.ids:
                raise UserError(self.env._("“%(question)s” has no such answer.", question=question.title))

    @api.model
    def _dcrc_record(self, followup, given):
        """Store what a customer answered by phone.

        :param given: ``{question id: {"answer_id": id, "text": str}}``
        """
        sheet = self._dcrc_open(followup)
        questions = {question.id: question for question in sheet.survey_id.question_ids}
        lines = []
        for question_id, answer in given.items():
            lines += sheet._dcrc_prepare_lines(questions[question_id], answer)
        sheet.user_input_line_ids.unlink()
        self.env["survey.user_input.line"].sudo().create(lines)
        now = fields.Datetime.now()
        sheet.with_context(dcrc_by_phone=True).sudo()._mark_done()
        sheet.start_datetime = sheet.start_datetime or now
        followup.dissatisfied = sheet._dcrc_is_dissatisfied()

    def _dcrc_prepare_lines(self, question, answer):
        text = (answer.get("text") or "").strip()
        answer_id = answer.get("answer_id")
        lines = []
        if question.question_type in ("simple_choice", "multiple_choice"):
            if answer_id and int(answer_id) in question.suggested_answer_ids.ids:
                lines.append(self._get_line_answer_values(question, answer_id, "suggestion"))
            if text:
                lines.append(self._get_line_comment_values(question, text))
        elif text:
            kind = "char_box" if question.question_type == "char_box" else "text_box"
            lines.append(self._get_line_answer_values(question, text, kind))
        return lines

    def _dcrc_is_dissatisfied(self):
        """Was an answer on one of the two lower levels (FUP-7)?"""
        return any(0 < line.dcrc_level <= 2 for line in self.user_input_line_ids)

    def _dcrc_take_link_answers(self):
        """Answers through the link make the follow-up effective; bad ones open a complaint (FUP-8)."""
        for sheet in self.sudo():
            followup = sheet.dcrc_followup_id
            lines = sheet.user_input_line_ids.filtered(lambda line: not line.skipped)
            if not lines or followup.link_state == "answered":
                continue
            dissatisfied = sheet._dcrc_is_dissatisfied()
            answered = followup | followup._get_siblings().filtered(lambda f: f.state in ("done", "failed"))
            answered.write(
                {
                    "state": "done",
                    "effective": True,
                    "dissatisfied": dissatisfied,
                    "link_state": "answered",
                    "done_on": fields.Datetime.now(),
                    "user_input_id": sheet.id,
                }
            )
            if dissatisfied and not followup._has_complaint():
                self.env["dcrc.call"].sudo()._open_complaints([sheet._dcrc_prepare_complaint()])

    def _dcrc_prepare_complaint(self):
        """Values of a complaint made of the bad answers and all remarks."""
        followup = self.dcrc_followup_id
        bad = self.user_input_line_ids.filtered(lambda line: 0 < line.dcrc_level <= 2)
        remarks = self.user_input_line_ids.filtered(lambda line: line.answer_type in ("char_box", "text_box"))
        words = [f"{line.question_id.title}: {line.display_name}" for line in bad]
        words += [line.value_char_box or line.value_text_box for line in remarks]
        kind = bad[:1].question_id.dcrc_department_kind
        department = self.env["dcrc.department"].sudo()._get_for(kind, followup.company_id)
        return {
            "partner_id": followup.partner_id.id,
            "company_id": followup.company_id.id,
            "followup_id": followup.id,
            "vehicle_id": followup.vehicle_id.id,
            "source": "link",
            "question_id": bad[:1].question_id.id,
            "department_id": department.id,
            "text": "\n".join(filter(None, words)),
        }
