"""What the tests of the demo share: it takes a while to build, so it is built once."""

from datetime import timedelta

from odoo.tests import TransactionCase

from ..demo import build

SIZE = 80  # customers a dealer: enough for every kind of row


class DemoCase(TransactionCase):
    """The demo dealers, in real time: `self.dealer` is the first, `self.users` one person of each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = build(cls.env, customers=SIZE)
        logins = {person.role: person.login for person in reversed(cls.people)}
        users = cls.env["res.users"].with_context(active_test=False)
        cls.users = {role: users.search([("login", "=", login)]) for role, login in logins.items()}
        names = {person.dealer for person in cls.people if person.role == "manager"}
        cls.dealers = cls.env["res.company"].search([("name", "in", list(names))])
        cls.dealer = cls.users["manager"].company_id
        cls.today = cls.dealer._dcrc_today()
        cls.old = cls.today - timedelta(days=45)  # whatever these led to has happened

    def _of(self, model, *domain, dealer=None):
        """Records of one dealer, the first unless given."""
        return self._of_all(model, ("company_id", "=", (dealer or self.dealer).id), *domain)

    def _of_all(self, model, *domain):
        """Records of both dealers, as somebody sees them who works for both."""
        model = self.env[model].with_context(allowed_company_ids=self.dealers.ids)
        return model.search([("company_id", "in", self.dealers.ids), *domain])

    def _as(self, role, model):
        """The model as the person of a role sees it."""
        user = self.users[role]
        return self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
