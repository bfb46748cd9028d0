from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestAppointmentLinkHttp(HttpCase):
    """The customer's pages as a telephone gets them: no login, no script (APT-6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"tracking_disable": True})
        cls.company = cls.env["res.company"].create({"name": "渝北长安4S店"})
        cls.company._dcrc_open_centre()
        cls.kind = cls.env["dcrc.appointment.kind"].search([("company_id", "=", cls.company.id)], limit=1)
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "王芳",
                "dcrc_gender": "female",
                "dcrc_customer": True,
                "company_id": cls.company.id,
                "dcrc_phone_ids": [Command.create({"number": "13800138000"})],
            }
        )
        cls.day = cls.company._dcrc_today() + timedelta(days=3)
        cls.start = cls.company._dcrc_day_bounds(cls.day)[0] + timedelta(hours=10)

    def setUp(self):
        super().setUp()
        self.appointment = self.env["dcrc.appointment"]._invite(
            {"partner_id": self.partner.id, "company_id": self.company.id, "kind_id": self.kind.id}
        )
        self.url = f"/dcrc/appointment/{self.appointment.access_token}"

    def _post(self, path, **data):
        return self.url_open(f"{self.url}/{path}", data=data, method="POST")

    def _book(self, start=None):
        return self._post("book", start=fields.Datetime.to_string(start or self.start), kind=self.kind.id)

    def test_a_guessed_link_and_an_expired_one_look_alike_and_show_nothing(self):
        guessed = self.url_open("/dcrc/appointment/" + "a" * 43)
        self.appointment.link_until = fields.Datetime.now() - timedelta(hours=1)
        self.env.flush_all()
        expired = self.url_open(self.url)
        self.assertEqual((guessed.status_code, expired.status_code), (404, 404))
        self.assertEqual(guessed.text, expired.text)
        for text in (self.company.name, "王", "138"):
            self.assertNotIn(text, expired.text)

    def test_a_guessed_link_changes_nothing(self):
        for path in ("book", "cancel"):
            answer = self.url_open(f"/dcrc/appointment/{'b' * 43}/{path}", data={"start": "x"}, method="POST")
            self.assertEqual(answer.status_code, 404)

    def test_the_page_needs_no_login_no_script_and_is_not_kept(self):
        answer = self.url_open(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("<script", answer.text)
        self.assertIn("viewport", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertIn("no-referrer", answer.headers["Referrer-Policy"])

    def test_looking_changes_nothing(self):
        self.url_open(f"{self.url}?choose=1&ask=1&day=2020-02-30&kind=999999")
        self.assertEqual(self.appointment.state, "draft")

    def test_book_move_and_cancel(self):
        self.assertEqual(self._book().status_code, 200)
        self.assertEqual((self.appointment.state, self.appointment.start), ("booked", self.start))
        later = self.start + timedelta(hours=3)
        self._book(later)
        self.assertEqual(self.appointment.start, later)
        self._post("cancel")
        self.assertEqual(self.appointment.state, "cancelled")
        self.assertEqual(self._post("cancel").status_code, 200)

    def test_booking_twice_leaves_one_appointment(self):
        self._book()
        self._book()
        count = self.env["dcrc.appointment"].search_count([("partner_id", "=", self.partner.id)])
        self.assertEqual((count, self.appointment.state), (1, "booked"))

    def test_hostile_input_is_shown_as_text_or_not_at_all(self):
        for start in ("<script>alert(1)</script>", "'; DROP TABLE x; --", "9999999999999999"):
            answer = self._post("book", start=start, kind=start)
            self.assertEqual(answer.status_code, 200)
            self.assertNotIn("<script>", answer.text)

    def test_a_full_time_offers_two_buttons(self):
        partners = self.env["res.partner"].create(
            [{"name": f"客户{n}", "dcrc_customer": True, "company_id": self.company.id} for n in range(2)]
        )
        for partner in partners:
            self.env["dcrc.appointment"].create(
                {"partner_id": partner.id, "company_id": self.company.id, "kind_id": self.kind.id, "start": self.start}
            )
        answer = self._book()
        self.assertEqual(answer.text.count('class="main"'), 2)
        self.assertNotIn("客户", answer.text)

    def _offer(self):
        """Have the place at `start` kept for the invited customer."""
        self.appointment.write({"waiting": True, "wanted_from": self.day, "wanted_to": self.day})
        self.appointment._offer(self.start)

    def test_an_offered_place_is_taken_or_left_with_one_button(self):
        self._offer()
        self.assertEqual(self.url_open(self.url).text.count(f'action="{self.url}/decline"'), 1)
        answer = self._post("decline")
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("/decline", answer.text)
        self.assertFalse(self.appointment.offer_open)
        self.assertEqual(self._post("decline").status_code, 200)
        self._offer()
        self._book()
        self.assertEqual((self.appointment.state, self.appointment.start), ("booked", self.start))

    def test_a_guessed_link_declines_nothing(self):
        self._offer()
        answer = self.url_open(f"/dcrc/appointment/{'c' * 43}/decline", data={}, method="POST")
        self.assertEqual(answer.status_code, 404)
        self.assertTrue(self.appointment.offer_open)

    def test_looking_at_an_offer_takes_and_leaves_nothing(self):
        self._offer()
        for path in ("", "/book", "/decline"):
            self.url_open(self.url + path)
        self.assertTrue(self.appointment.offer_open)
        self.assertEqual(self.appointment.state, "draft")

    def test_the_sheet_prints_as_pdf_without_a_patched_wkhtmltopdf(self):
        self._book()
        days = self.env["dcrc.appointment.day"]
        for offset in (0, 2):
            days |= days._get(self.company, self.day - timedelta(days=offset))
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, kind = report._render_qweb_pdf("dcrc_dealer.appointment_sheet", days.ids)
        self.assertEqual((kind, content[:4]), ("pdf", b"%PDF"))
