"""Who may do what with figures and pay: one table."""

from odoo.tests import tagged

from odoo.addons.dcrc_dealer.tests.common import DcrcCase

OPERATIONS = {"c": "create", "r": "read", "w": "write", "u": "unlink"}
COLUMNS = ("specialist", "manager", "workshop", "director", "auditor", "outsider")
MATRIX = {
    # model                specialist manager department director auditor no role
    "dcrc.measure.entry": ("----", "-r--", "----", "crw-", "-r--", "----"),
    "dcrc.pay.scheme": ("-r--", "-r--", "----", "crwu", "-r--", "----"),
    "dcrc.pay.line": ("-r--", "-r--", "----", "crwu", "-r--", "----"),
    "dcrc.pay.month": ("-r--", "-rw-", "----", "-rw-", "-r--", "----"),
    "dcrc.pay.result": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.pay.change": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
    "dcrc.pay.reopen": ("----", "----", "----", "crw-", "----", "----"),
    "dcrc.figure.sheet": ("crwu", "crwu", "----", "crwu", "crwu", "----"),
    "dcrc.figure.line": ("-r--", "-r--", "----", "-r--", "-r--", "----"),
}


@tagged("post_install", "-at_install")
class TestFigureAccess(DcrcCase):
    def test_every_role_has_the_rights_of_the_table(self):
        for model, line in MATRIX.items():
            for column, expected in zip(COLUMNS, line, strict=True):
                with self.subTest(model=model, role=column):
                    mine = self._as(getattr(self, column), model)
                    rights = "".join(key if mine.has_access(name) else "-" for key, name in OPERATIONS.items())
                    self.assertEqual(rights, expected)

    def test_the_table_names_every_model_of_figures_and_pay(self):
        named = {name for name in self.env.registry if name.startswith(("dcrc.pay.", "dcrc.figure."))}
        self.assertFalse(named - set(MATRIX))

    def test_another_dealer_sees_no_scheme_no_month_and_no_entry(self):
        self.env["dcrc.pay.scheme"]._copy_templates_to(self.dealer)
        pays = self.env["dcrc.pay.month"]._prepare(self.dealer, self.dealer._dcrc_today())
        measure = self.env["dcrc.measure"].search([("code", "=", "profit")])
        self.env["dcrc.measure.entry"].create({"company_id": self.dealer.id, "measure_id": measure.id, "value": 90})
        self.assertTrue(pays.result_ids)
        for name in ("dcrc.measure.entry", "dcrc.pay.scheme", "dcrc.pay.line", "dcrc.pay.month", "dcrc.pay.result"):
            with self.subTest(model=name):
                found = self._as(self.stranger, name).search([])
                self.assertFalse(found.filtered(lambda row: row.company_id == self.dealer))
