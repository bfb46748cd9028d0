"""Who may do what with lists, and walls between dealers."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_dms import DmsCase, sales_row

# persona: may read, may import
ROLES = {
    "specialist": (True, True),
    "manager": (True, True),
    "director": (True, False),
    "auditor": (True, False),
    "workshop": (False, False),
    "outsider": (False, False),
    "stranger": (False, False),
}


@tagged("post_install", "-at_install")
class TestDmsAccess(DmsCase):
    def setUp(self):
        super().setUp()
        self.record = self._give("sales", [sales_row(1), sales_row(2, date="")])

    def _may(self, function, *arguments):
        try:
            with self.env.cr.savepoint():
                function(*arguments)
        except AccessError:
            return False
        return True

    def test_reading(self):
        for role, (reads, _imports) in ROLES.items():
            with self.subTest(role):
                user = getattr(self, role)
                record, rows = self._as(user, self.record), self._as(user, self.record.row_ids)
                self.assertEqual(self._may(record.read, ["name", "counts"]), reads)
                self.assertEqual(self._may(rows.read, ["name", "reason_text"]), reads)

    def test_importing(self):
        for role, (_reads, imports) in ROLES.items():
            for action in ("action_import", "action_read_again", "action_discard", "action_retry_held"):
                with self.subTest(role, action=action):
                    record = self._as(getattr(self, role), self.record)
                    self.assertEqual(self._may(getattr(record, action)), imports)
                    self.record = self.record.exists() or self._give("sales", [sales_row(1)])
                    self.record.sudo().write({"state": "preview"})

    def test_giving(self):
        for role, (_reads, imports) in ROLES.items():
            model = self._as(getattr(self, role), "dcrc.dms.import")
            with self.subTest(role):
                expected = imports or role == "stranger"  # for the own dealer
                self.assertEqual(self._may(model.upload, "a.csv", "YSxi"), expected)
                self.assertEqual(model.upload_limits()["allowed"], expected)

    def test_a_stranger_finds_nothing(self):
        for model in ("dcrc.dms.import", "dcrc.dms.row", "dcrc.dms.difference", "dcrc.dms.word"):
            found = self._as(self.stranger, model).search([])
            self.assertFalse(found.filtered(lambda r: r.company_id == self.dealer), model)

    def test_two_dealers_have_the_same_car(self):
        """A car moves between dealers: each has its own file on it."""
        self._import("sales", [sales_row(1)])
        self._import("sales", [sales_row(1)], user=self.stranger)
        cars = self.env["fleet.vehicle"].sudo().search([("vin_sn", "=", sales_row(1)["vin"])])
        self.assertEqual(cars.company_id, self.dealer | self.other_dealer)
        self.assertEqual(cars.dcrc_owner_id.company_id, self.dealer | self.other_dealer)

    def test_words_belong_to_a_dealer(self):
        word = self.env["dcrc.dms.word"]
        own = word.search([("company_id", "=", self.dealer.id), ("name", "=", "首保"), ("use", "=", "kind")])
        own.visit_kind = "other"
        self.assertEqual(word._meanings(self.dealer)["kind"]["首保"], "other")
        self.assertEqual(word._meanings(self.other_dealer)["kind"]["首保"], "first")
