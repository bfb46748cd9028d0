"""The dealer's own settings: the manager's, without Odoo's settings rights."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DcrcCase


@tagged("post_install", "-at_install")
class TestSettings(DcrcCase):
    def _settings(self, user, company=None):
        return self._as(user, company or self.dealer)

    def test_the_manager_changes_the_dealers_figures(self):
        self._settings(self.manager).write({"dcrc_plan_days": 9, "dcrc_contact_gap_days": 3})
        self.assertEqual((self.dealer.dcrc_plan_days, self.dealer.dcrc_contact_gap_days), (9, 3))

    def test_the_manager_changes_nothing_else_of_the_company(self):
        for field, value in (("name", "别家"), ("email", "x@example.com"), ("dcrc_dealer", False)):
            with self.subTest(field), self.assertRaises(AccessError):
                self._settings(self.manager).write({field: value})

    def test_the_manager_keeps_off_another_dealer(self):
        with self.assertRaises(AccessError):
            self._settings(self.manager, self.other_dealer).write({"dcrc_plan_days": 9})

    def test_the_manager_opens_and_closes_no_company(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, "res.company").create({"name": "新店"})
        with self.assertRaises(AccessError):
            self._settings(self.manager).unlink()

    def test_nobody_else_changes_them(self):
        for user in (self.specialist, self.workshop, self.director, self.auditor, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._settings(user).write({"dcrc_plan_days": 9})

    def test_a_folder_on_the_server_is_for_the_administrator(self):
        with self.assertRaises(AccessError):
            self._settings(self.manager).write({"dcrc_dms_folder": "/etc"})

    def test_a_figure_that_makes_no_sense_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._settings(self.manager).dcrc_plan_days = -1
            self.env.flush_all()

    def test_the_form_opens_for_the_manager_and_shows_the_rest_as_fixed(self):
        action = self._settings(self.manager).action_dcrc_open_settings()
        self.assertEqual(action["res_id"], self.dealer.id)
        view = self.env.ref("dcrc_dealer.res_company_view_form")
        with Form(self._settings(self.manager), view=view) as form:
            form.dcrc_plan_days = 5
        self.assertEqual(self.dealer.dcrc_plan_days, 5)
        described = self._as(self.manager, "res.company").fields_get(["name", "dcrc_plan_days"], ["readonly"])
        self.assertEqual(
            {name: info["readonly"] for name, info in described.items()}, {"name": True, "dcrc_plan_days": False}
        )
