"""What the tests of the voice room share."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.fields import Command

from .common import NOW, DcrcCase
from .common_followup import FollowupCase

PNG = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


class CorrectionCase(DcrcCase):
    """A customer with a number and a car, and a department that looks for what is right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.phone = cls.customer.dcrc_phone_ids
        cls.car = cls._create_car(cls.customer, license_plate="渝A12345")
        cls.service.responsible_id = cls.workshop
        cls.sales.responsible_id = cls.workshop

    def _open(self, user=None, **vals):
        values = {"partner_id": self.customer.id, "item": "phone", "source": "call"}
        if vals.get("item", "phone") == "phone":
            values["phone_id"] = self.phone.id
        model = self._as(user or self.specialist, "res.partner")
        return model._dcrc_open_correction([{**values, **vals}])

    def _verify(self, correction, value, proposer=None, verifier=None):
        proposed = self._as(proposer or self.workshop, correction)
        proposed.new_value = value
        proposed.action_propose()
        self._as(verifier or self.specialist, correction).action_verify()


class ComplaintCase(FollowupCase):
    """A customer with a number and a car, a workshop with a head, and the road of CMP-3 in single steps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.car = cls._create_car(cls.customer)
        cls.service.responsible_id = cls.workshop
        items = cls.env["dcrc.complaint.item"].search([("company_id", "=", cls.dealer.id)])
        cls.cause = items.filtered(lambda item: item.kind == "cause" and item.parent_id)[0]
        cls.category = items.filtered(lambda item: item.kind == "category" and item.parent_id)[0]

    def _complain(self, user=None, **vals):
        values = {"partner_id": self.customer.id, "vehicle_id": self.car.id, "text": "空调异响"}
        return self._as(user or self.specialist, "dcrc.complaint").create({**values, **vals})

    def _take(self, complaint, step, user=None, words="已记录", **vals):
        """Take a step in its dialog, as somebody."""
        wizard = self._as(user or self.specialist, "dcrc.complaint.step")
        wizard.create({"complaint_id": complaint.id, "step": step, "words": words, **vals}).action_take()
        complaint.invalidate_recordset()

    def _investigate(self, complaint, handler=None):
        """Contacted and judged founded: somebody is in charge."""
        handler = handler or self.workshop
        self._take(complaint, "contact")
        self._take(complaint, "judge", founded="yes", handler_id=handler.id, department_id=self.service.id)

    def _propose(self, complaint, cost=0.0, user=None, **vals):
        """The cause is found and one solution is offered."""
        self._take(complaint, "cause", cause_id=self.cause.id)
        complaint = self._as(user or self.specialist, complaint)
        complaint.proposal_ids = [Command.create({"name": "免费更换压缩机支架", "cost": cost, "chosen": True, **vals})]
        complaint.action_propose()
        complaint.invalidate_recordset()

    def _settle(self, complaint, handler=None, cost=0.0):
        """The whole road until the customer is to be called back."""
        if complaint.state == "received":
            self._investigate(complaint, handler)
        self._propose(complaint, cost)
        self._take(complaint, "consent", consent="spoken")
        self._take(complaint, "done")

    def _call_back(self, complaint, level=5, days=0, **texts):
        """Call the customer back so many days from now, and store the answer."""
        followup = complaint.callback_id.with_env(self.env)
        with freeze_time(NOW + timedelta(days=days)):
            self._plan()
            result = self._finish(followup, "answered", answers=self._answers(followup, level, **texts))
        complaint.invalidate_recordset()
        return result

    def _sign(self, complaint, words="客户失联，已尽力"):
        """The general manager closes it."""
        self._take(complaint, "sign", self.director, words)
