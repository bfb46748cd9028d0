"""A department answers by its link: limits, no number, and nothing but its own digest (FUP-7)."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common_problem import ProblemCase


@tagged("post_install", "-at_install")
class TestDigestLink(ProblemCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.service.responsible_id = self.workshop
        customer = self._create_customer(phone="13800138000")
        vals = {"partner_id": customer.id, "text": "没修好，13800138000", "department_id": self.service.id}
        self.complaint = self.env["dcrc.complaint"].create({**vals, "company_id": self.dealer.id})
        made = self.env["dcrc.digest"]._make_day(self.dealer, self.dealer._dcrc_today())
        self.digest = made.filtered("department_id")
        self.line = self.digest.line_ids
        self.url = f"/dcrc/digest/{self.digest.access_token}"
        self.env.flush_all()

    def _answer(self, url=None, **data):
        return self.url_open(f"{url or self.url}/answer", data=data, method="POST")

    def test_the_page_shows_the_problem_and_no_number(self):
        page = self.url_open(self.url)
        self.assertEqual(page.status_code, 200)
        self.assertIn(self.complaint.name, page.text)
        self.assertIn("138****8000", page.text)
        self.assertNotIn("13800138000", page.text)
        self.assertNotIn(self.complaint.partner_id.name, page.text)

    def test_the_page_runs_no_script_and_is_not_kept(self):
        page = self.url_open(self.url)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertIn("default-src 'none'", page.headers["Content-Security-Policy"])
        self.assertNotIn("<script", page.text)

    def test_an_answer_reaches_the_complaint(self):
        page = self._answer(name="李强", **{f"line_{self.line.id}": "已更换轴承"})
        self.assertEqual(page.status_code, 200)
        self.assertRecordValues(self.line, [{"answer": "已更换轴承", "answered_by": "李强"}])
        self.assertIn("李强", str(self.complaint.message_ids.mapped("body")))
        self.assertIn("已更换轴承", str(self.complaint.message_ids.mapped("body")))

    def test_it_is_answered_once(self):
        for text in ("先看看", "改口"):
            self._answer(name="李强", **{f"line_{self.line.id}": text})
        self.assertEqual(self.line.answer, "先看看")

    def test_who_answers_says_who_it_is(self):
        self._answer(name="  ", **{f"line_{self.line.id}": "已更换轴承"})
        self.assertFalse(self.line.answer)

    def test_a_line_of_another_digest_is_left_alone(self):
        other = self.env["dcrc.digest"].search([("department_id", "=", False), ("kind", "=", "day")]).line_ids
        self._answer(name="李强", **{f"line_{other.id}": "x", "line_x": "x", "line_²": "x", "line_99999999999999": "x"})
        self.assertFalse(other.answer or self.line.answer)

    def test_a_script_in_an_answer_is_a_text(self):
        self._answer(name="<b>李</b>", **{f"line_{self.line.id}": "<script>x</script>"})
        self.assertIn("&lt;script&gt;", self.url_open(self.url).text)
        self.assertNotIn("<script>", str(self.complaint.message_ids.mapped("body")))

    def test_a_long_answer_is_cut_not_lost(self):
        self._answer(name="李强", **{f"line_{self.line.id}": "长" * 5000})
        self.assertEqual(len(self.line.answer), 4000)

    def test_a_guessed_and_an_expired_link_look_alike(self):
        guessed = self.url_open("/dcrc/digest/" + "a" * 32)
        self.digest.link_until = fields.Datetime.now() - timedelta(minutes=1)
        self.env.flush_all()
        expired = self.url_open(self.url)
        self.assertEqual((guessed.status_code, expired.status_code), (404, 404))
        self.assertEqual(guessed.text, expired.text)
        self._answer(name="李强", **{f"line_{self.line.id}": "x"})
        self.assertFalse(self.line.answer)

    def test_too_many_calls_are_told_to_wait(self):
        self.env["ir.config_parameter"].sudo().set_param("dcrc_dealer.web_limit_token", "2")
        self.env.flush_all()
        codes = [self.url_open(self.url).status_code for _number in range(4)]
        self.assertEqual(codes[-1], 429)
        self.assertEqual(self._answer(name="李强", **{f"line_{self.line.id}": "x"}).status_code, 429)
