"""Beside the fields: papers, mail and the log of changes tell nobody a number who may not see it (issue 7, 5)."""

import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import html2plaintext, mute_logger

from .test_masking import HIDDEN, MaskingCase


@tagged("post_install", "-at_install")
class TestMaskingPaths(MaskingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = new_test_user(cls.env, "dcrc_paths_portal", "base.group_portal", company_id=cls.dealer.id)

    def _people(self):
        return (self.workshop, self.outsider, self.stranger, self.portal)

    def _assert_silent(self, text, what):
        plain = re.sub(r"[\s\u00a0-]", "", html2plaintext(str(text or "")))
        self.assertFalse([secret for secret in HIDDEN if secret in plain], what)

    def test_no_paper_shows_a_number(self):
        reports = self.env["ir.actions.report"].search([("model", "in", list(self.rows))])
        self.assertTrue(reports)
        for report in reports:
            for user in self._people():
                with self.subTest(report=report.report_name, user=user.login):
                    rows = self.rows[report.model][:1]
                    try:
                        with mute_logger("odoo.http", "odoo.models"), self.env.cr.savepoint():
                            answer = self._as(user, report)._render_qweb_html(report.report_name, rows.ids)[0]
                    except (AccessError, UserError):
                        continue
                    self._assert_silent(answer, report.report_name)

    def test_what_a_department_is_told_has_no_number(self):
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        for name in ("dcrc.complaint", "dcrc.correction"):
            case = self._as(self.manager, self.rows[name])
            case.sudo().department_id = self.sales
            case.department_id = self.service
            case.message_post(body="请回电", partner_ids=self.workshop.partner_id.ids)
        self.env.flush_all()
        messages = self.env["mail.message"].search([("id", ">", before)])
        self.assertGreaterEqual(len(messages), 2)
        for message in messages:
            self._assert_silent(f"{message.subject} {message.body}", message.body)
            self._assert_silent(message.tracking_value_ids.mapped("new_value_char"), message.body)
        for mail in self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)]):
            self._assert_silent(f"{mail.subject} {mail.body_html}", mail.subject)

    def test_a_marked_field_is_tracked_only_for_those_who_may_read_it(self):
        """Odoo shows a tracked change to whoever may read the field."""
        loose = [
            f"{name}.{field.name}"
            for name, fields in self.personal.items()
            for field in fields
            if getattr(field, "tracking", None) and not field.groups and name.startswith("dcrc.")
        ]
        self.assertFalse(loose)

    def test_a_changed_number_stands_in_no_message_that_a_department_reads(self):
        case = self.rows["dcrc.correction"]
        self._as(self.manager, case.with_context(tracking_disable=False)).new_value = "13986753091"
        self.env.flush_all()
        self.cr.precommit.run()
        seen = self._as(self.workshop, case).message_ids
        self._assert_silent(" ".join(seen.mapped("body")), case.name)
        shown = self._as(self.workshop, "mail.message").browse(seen.ids)
        tracked = shown.sudo().tracking_value_ids._filter_has_field_access(self._as(self.workshop, case).env)
        self._assert_silent(tracked.mapped("new_value_char"), case.name)

    def test_a_customer_with_a_login_reads_no_number_of_the_file(self):
        customer = self.rows["res.partner"]
        self.portal.partner_id = customer
        mine = self._as(self.portal, customer)
        for name in ("dcrc_best_number", "dcrc_birth_date"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                mine.read([name])
        with self.assertRaises(AccessError):
            self._as(self.portal, "dcrc.phone").search([])
