"""What the tests of the voice room share."""

from .common import DcrcCase


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
