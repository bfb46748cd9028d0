"""The road of each complaint (CMP-3): rounds, callbacks with answers, time limits; where the newest ones stand."""

from datetime import timedelta

from odoo.tools import SQL

CATEGORIES = {  # by the department's kind: (category, cause, proposal, root cause)
    "service": (
        ("repair_electric", "process_check", "免费返修并代步", "交车前未按清单试车检查。"),
        ("waiting_work", "people_staff", "工时八折，赠送洗车", "当日预约超出工位能力。"),
        ("parts_late", "parts_supply", "备件加急，提供代步车", "备件计划未按里程预测备货。"),
        ("manner_promise", "process_handover", "当面致歉，主管跟进", "服务顾问交接班未移交客户要求。"),
    ),
    "sales": (
        ("sales_gifts", "promise_unclear", "补发赠品", "合同未写明赠品内容。"),
        ("delivery_explanation", "people_care", "上门补讲解", "交车时间过紧，讲解不完整。"),
        ("paperwork_plates", "process_missing", "代办上牌，免手续费", "上牌资料没有清单。"),
    ),
}
STAYS = ("received", "investigate", "propose", "carry", "callback")  # of what is still open
SIGNED = 0.06
AGAIN = 0.15


class Complaints:
    """Brings the complaints of one dealer to where they stand today."""

    def __init__(self, voice):
        self.voice, self.env, self.rng, self.history = voice, voice.env, voice.rng, voice.history
        self.company = voice.company
        rules = self.env["dcrc.followup.rule"]
        self.rule = rules.search([("company_id", "=", self.company.id), ("trigger", "=", "complaint_callback")])
        self.director = self.company._dcrc_users_of("director")[:1] or self.env.user
        self.specialists = self.company._dcrc_specialists()
        self.questions = self.rule._get_survey().question_ids

    def settle(self, record, row):
        """One complaint, as of the row that it was made of (see `Voice.create_complaints`)."""
        category, cause, offer, root = self.rng.choice(CATEGORIES[row["kind"]])
        known = {"category_id": self._item("category", category), "cause_id": self._item("cause", cause)}
        end = self.voice.get_end(row)
        if end is None:
            self._leave_open(record, row, known, offer, root)
            return
        start = row["moment"]
        people = self._get_people(row)
        if self.rng.random() < AGAIN:
            again = start + (end - start) / 2
            self._finish_round(record, start, again, people[1], known, offer, root)
            self._answer(record, again, satisfied=False)
            record._next_round("investigate")
            start = again
        self._finish_round(record, start, end, people[0], known, row["result"], root)
        if self.rng.random() < SIGNED:
            vals = {
                "closing": "signature",
                "sign_words": "多次联系不上客户，问题已解决。",
                "closed_by": self.director.id,
            }
        else:
            vals = {"closing": "answer", "closing_id": self._answer(record, end, satisfied=True).id}
            vals["closed_by"] = row["vals"]["user_id"]
        record.write({"state": "closed", "result": row["result"], "closed_on": self.history.utc(end), **vals})

    def _item(self, kind, name):
        template = self.env.ref(f"dcrc_dealer.complaint_item_{kind}_{name}")
        return template._dcrc_copy_for(self.company).id

    def _get_people(self, row):
        """Two who may be in charge: the department's head and a specialist."""
        head = self.voice.departments[row["kind"]].responsible_id
        others = self.specialists - head
        return [head or others[:1], self.rng.choice(others) if len(others) > 1 else others]

    def _finish_round(self, record, start, end, handler, known, offer, root):
        utc, user = self.history.utc, record.user_id.id
        contacted = start + (end - start) * min(0.2, self.rng.uniform(0.01, 0.25))
        solved = start + (end - start) * 0.6
        record.write(
            {
                "handler_id": handler.id,
                "contacted_on": utc(contacted),
                "founded": "yes",
                "root_cause": root,
                "solution": offer,
                "cost": self.rng.choice((0, 0, 100, 200)),
                "consent": "spoken",
                "solved_on": utc(solved),
                **known,
            }
        )
        record._note_round(
            started_on=utc(start),
            contacted_by=handler.id,
            contact_words="已与客户电话沟通，记录诉求。",
            judged_on=utc(contacted),
            judged_by=user,
            judge_words="情况属实。",
            approved_on=utc(solved),
            approved_by=user,
            approved_as="user",
            consented_on=utc(solved),
            consent_by=handler.id,
            solved_by=handler.id,
            done_words=f"已完成：{offer}",
            callback_on=solved.date(),
        )

    def _answer(self, record, moment, satisfied):
        """A callback that was made, with its answer."""
        day = record.round_id.callback_on
        followup = self.env["dcrc.followup"].create(
            {
                "rule_id": self.rule.id,
                "company_id": self.company.id,
                "partner_id": record.partner_id.id,
                "vehicle_id": record.vehicle_id.id,
                "source_model": "dcrc.complaint.round",
                "source_id": record.round_id.id,
                "purpose": "care",
                "channel": "phone",
                "priority": "1",
                "anchor_date": day,
                "date_start": day,
                "date_due": day + timedelta(days=3),
                "date_expiry": day + timedelta(days=10),
                "state": "done",
                "effective": True,
                "outcome_id": self.history.outcomes["answered"].id,
                "done_on": self.history.utc(moment),
                "user_id": record.user_id.id,
            }
        )
        question = self.questions[0]
        level = self.rng.choice((4, 5)) if satisfied else 2
        answer = question.suggested_answer_ids.filtered(lambda a: a.dcrc_level == level)
        given = {question.id: {"answer_id": answer.id, "text": "" if satisfied else "还没有完全解决。"}}
        self.env["survey.user_input"]._dcrc_record(followup, given)
        words = {"customer_words": False if satisfied else "还没有完全解决。", "callback_id": followup.id}
        record._note_round(satisfied="yes" if satisfied else "no", answered_on=self.history.utc(moment), **words)
        record.callback_id = followup
        return followup

    def _leave_open(self, record, row, known, offer, root):
        """The newest stand somewhere on the road; some wait for their first call."""
        state = self.rng.choice(STAYS if record.vehicle_id else STAYS[:2])
        if state == "received":
            record.category_id = known["category_id"]
            return
        handler = self._get_people(row)[0]
        soon = row["moment"] + timedelta(minutes=self.rng.randrange(20, 110))
        moment = self.history.utc(min(soon, self.history.now))
        vals = {"handler_id": handler.id, "contacted_on": moment, "founded": "yes"}
        if state != "investigate":
            vals |= {**known, "root_cause": root}
        if state in ("carry", "callback"):
            vals |= {"solution": offer, "consent": "spoken"}
        if state == "callback":
            vals["solved_on"] = moment
        record.write({**vals, "category_id": known["category_id"], "state": state})
        record._note_round(
            contacted_by=handler.id, judged_by=record.user_id.id, judged_on=moment, judge_words="情况属实。"
        )
        if state == "callback":
            record._plan_callback()

    def backdate_clocks(self):
        """Time limits ran when the complaints did, not while the demo was built."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_complaint_round r SET department_id = c.department_id FROM dcrc_complaint c
                    WHERE c.id = r.complaint_id AND c.company_id = %s AND r.department_id IS NULL""",
                self.company.id,
            )
        )
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_clock w
                      SET started_on = c.date, resumed_on = c.date, met_on = LEAST(x.met, %(now)s),
                          due_on = c.date + x.allowed
                     FROM dcrc_complaint c JOIN dcrc_complaint_round r ON r.complaint_id = c.id AND r.number = 1,
                          LATERAL (VALUES ('complaint_contact', r.contacted_on, interval '2 hours'),
                                          ('complaint_solution', r.solved_on, interval '3 days'),
                                          ('handing', c.handed_on, interval '8 hours')) x (kind, met, allowed)
                    WHERE w.company_id = %(company)s AND w.res_model = 'dcrc.complaint' AND w.res_id = c.id
                      AND w.kind = x.kind AND w.state = 'met' AND w.run = 1 AND x.met IS NOT NULL""",
                company=self.company.id,
                now=self.env.cr.now(),
            )
        )
        self.env.invalidate_all(flush=False)
