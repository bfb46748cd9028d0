"""What the tests of the hotline share."""

from .common import DcrcCase


class HotlineCase(DcrcCase):
    """A customer with a number and a car, a department, and agents with extensions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.car = cls._create_car(cls.customer, license_plate="渝A12345")
        cls.service.responsible_id = cls.workshop
        cls.specialist.dcrc_extension = "8001"
        cls.colleague.dcrc_extension = "8002"
        cls.hotline = cls.env["dcrc.hotline"]

    def _record(self, user=None, **vals):
        """A record that a specialist has written."""
        values = {"partner_id": self.customer.id, "vehicle_id": self.car.id, "text": "空调不制冷，想问能否今天修"}
        return self._as(user or self.specialist, "dcrc.hotline").create({**values, **vals})

    def _announce(self, reference="r1", number="13800138000", agent="8001", user=None, **more):
        """What a telephone system tells, with the key of a user of its own."""
        model = self._as(user or self.colleague, "dcrc.hotline")
        return model.announce_call(reference, number=number, agent=agent, **more)

    def _ring(self, reference="r1"):
        return self.env["dcrc.hotline.ring"].search([("reference", "=", reference)])

    def _clock(self, record):
        return self.env["dcrc.clock"].search([("res_model", "=", "dcrc.hotline"), ("res_id", "=", record.id)])
