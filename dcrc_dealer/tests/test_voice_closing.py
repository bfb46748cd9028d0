"""The law of closing (CMP-4): a satisfied customer in a callback, or the general manager's signature."""

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import NOW
from .common_voice import ComplaintCase


class TestComplaintClosing(ComplaintCase):
    def test_satisfied_in_the_callback_closes(self):
        complaint = self._complain()
        self._settle(complaint)
        self._call_back(complaint, 5)
        self.assertRecordValues(
            complaint,
            [{"state": "closed", "closing": "answer", "closed_by": self.specialist.id, "result": "免费更换压缩机支架"}],
        )
        self.assertEqual(complaint.closing_id, complaint.round_id.callback_id)

    def test_anything_less_begins_another_round(self):
        for level in (1, 2, 3):
            complaint = self._complain(partner_id=self._create_customer().id, vehicle_id=False)
            self._settle(complaint)
            with self.subTest(level=level):
                self._call_back(complaint, level, Z="还是响")
                self.assertRecordValues(
                    complaint,
                    [{"state": "investigate", "round_no": 2, "handler_id": False, "solution": False, "consent": False}],
                )
                self.assertIn("还是响", complaint.round_ids[0].customer_words)

    def test_the_next_round_is_another_persons(self):
        complaint = self._complain()
        self._settle(complaint)
        self._call_back(complaint, 2)
        with self.assertRaisesRegex(UserError, self.workshop.name):
            self._as(self.specialist, complaint).handler_id = self.workshop
        with self.assertRaises(UserError):
            self._take(complaint, "cause", cause_id=self.cause.id)
        self._as(self.specialist, complaint).handler_id = self.colleague
        self._settle(complaint)
        self._call_back(complaint, 4, days=1)
        self.assertEqual((complaint.state, complaint.round_ids.mapped("satisfied")), ("closed", ["no", "yes"]))

    def test_a_case_that_came_again_climbs_a_level_by_itself(self):
        complaint = self._complain()
        self._settle(complaint)
        self._call_back(complaint, 1)
        self.assertEqual(complaint.severity, "2")
        self.dealer.dcrc_climb_round = 0
        self._as(self.specialist, complaint).handler_id = self.colleague
        self._settle(complaint)
        self._call_back(complaint, 1, days=1)
        self.assertEqual(complaint.severity, "2")

    def test_an_answer_about_a_round_that_is_over_changes_nothing(self):
        complaint = self._complain()
        self._settle(complaint)
        first = complaint.callback_id
        self._call_back(complaint, 1)
        complaint.sudo()._take_answer(first)
        self.assertEqual((complaint.state, complaint.round_no), ("investigate", 2))

    def test_a_call_that_brought_no_opinion_leaves_it_open(self):
        complaint = self._complain()
        self._settle(complaint)
        self._finish(complaint.callback_id.with_env(self.env), "refused")
        self.assertEqual(complaint.state, "callback")
        self.assertIn(complaint, self.env["dcrc.complaint"].search([("listed", "in", ["no_callback"])]))

    # -- the general manager --------------------------------------------------------

    def test_the_general_manager_closes_with_a_reason(self):
        complaint = self._complain()
        self._sign(complaint, "客户失联三个月")
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "closed",
                    "closing": "signature",
                    "closed_by": self.director.id,
                    "sign_words": "客户失联三个月",
                }
            ],
        )
        self.assertEqual(complaint.message_ids[0].author_id, self.director.partner_id)

    def test_nobody_else_signs(self):
        complaint = self._complain(department_id=self.service.id)
        for user in (self.specialist, self.manager, self.workshop):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._take(complaint, "sign", user, "了结")
        with self.assertRaises(AccessError):
            self._take(complaint, "sign", self.auditor, "了结")

    def test_no_signature_without_a_reason(self):
        complaint = self._complain()
        with self.assertRaises(UserError):
            self._sign(complaint, " ")
        self.assertEqual(complaint.state, "received")

    def test_a_signature_calls_off_the_callback(self):
        complaint = self._complain()
        self._settle(complaint)
        callback = complaint.callback_id
        self._sign(complaint)
        self.assertEqual((callback.state, callback.cancel_reason_id.code), ("cancelled", "complaint_closed"))

    # -- nothing else ---------------------------------------------------------------

    def test_no_edit_closes(self):
        complaint = self._complain()
        lawful = {"state": "closed", "closing": "answer", "result": "x", "closed_on": NOW}
        for user in (self.specialist, self.manager, self.workshop, self.director):
            for vals in ({"state": "closed"}, lawful, {"closed_on": NOW}):
                with self.subTest(user=user.login, vals=vals), self.assertRaises(UserError):
                    self._as(user, complaint).write(vals)

    def test_none_is_born_closed(self):
        with self.assertRaises(AccessError):
            self._complain(state="closed", closing="answer", result="x", closed_on=NOW)

    def test_no_import_closes(self):
        complaint = self._complain()
        model = self._as(self.manager, "dcrc.complaint")
        result = model.load([".id", "state", "result"], [[str(complaint.id), "closed", "已解决"]])
        self.assertFalse(result["ids"])
        self.assertEqual(complaint.state, "received")

    def test_no_list_closes_in_bulk(self):
        complaints = self._complain() + self._complain()
        with self.assertRaises(ValueError):
            self._as(self.director, complaints).action_sign()

    def test_the_database_itself_refuses_what_has_neither_word_nor_signature(self):
        complaint = self._complain()
        for vals in ({}, {"closing": "answer"}, {"closing": "signature"}):
            with (
                self.subTest(vals=vals),
                self.assertRaises(psycopg2.errors.CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                complaint.sudo().write({"state": "closed", "result": "x", "closed_on": NOW, **vals})
                complaint.flush_recordset()

    # -- opened again ----------------------------------------------------------------

    def test_a_closed_one_may_be_opened_again_by_another_person(self):
        complaint = self._complain()
        self._settle(complaint)
        self._call_back(complaint, 5)
        self._take(complaint, "reopen", words="两天后又响")
        self.assertRecordValues(
            complaint,
            [
                {
                    "state": "received",
                    "closing": False,
                    "closed_on": False,
                    "reopened": 1,
                    "round_no": 2,
                    "founded": False,
                }
            ],
        )
        with self.assertRaises(UserError):
            self._take(complaint, "judge", founded="yes", handler_id=self.workshop.id)

    def test_nothing_of_a_closed_one_changes(self):
        complaint = self._complain()
        self._sign(complaint)
        for vals in ({"text": "无"}, {"handler_id": self.colleague.id}, {"answer": "…"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._as(self.manager, complaint).write(vals)
        with self.assertRaises(UserError):
            self._take(complaint, "contact")
