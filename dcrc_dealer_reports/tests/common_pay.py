"""A dealer with a month of figures and its KPI schemes."""

from odoo.addons.dcrc_dealer.tests.common_figures import MONTH, FiguresCase


class PayCase(FiguresCase):
    """`cls.department` and `cls.person` are the dealer's schemes, `self._month()` its month of May."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.followups = cls._year()
        cls.env["dcrc.pay.scheme"]._copy_templates_to(cls.dealer)
        schemes = cls.env["dcrc.pay.scheme"].search([("company_id", "=", cls.dealer.id)])
        cls.department = schemes.filtered(lambda scheme: scheme.level == "department")
        cls.person = schemes - cls.department
        cls._refresh()

    def _month(self, scheme=None, day=MONTH[0]):
        return self.env["dcrc.pay.month"]._prepare(self.dealer, day, scheme or self.department)

    def _line(self, pay, code):
        return pay.result_ids.filtered(lambda result: result.measure_code == code)

    def _enter(self, code, value, user=None, month="2026-05-14"):
        measure = self.measures.search([("code", "=", code)])
        return (
            self._as(user or self.director, "dcrc.measure.entry")
            .create({"measure_id": measure.id, "month": month, "value": value, "company_id": self.dealer.id})
            .with_env(self.env)
        )
