"""What the tests of appointments share."""

from datetime import datetime, timedelta

from .common import TODAY, DcrcCase


class AppointmentCase(DcrcCase):
    """A dealer open every day from 8:30 to 17:30; it is Wednesday, 10:00.

    Two advisers at a time for half an hour each, four quick service bays, one inspection lane.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Appointment = cls.env["dcrc.appointment"]
        cls.kinds = {
            key: cls.env.ref(f"dcrc_dealer.appointment_kind_{key}")._dcrc_copy_for(cls.dealer)
            for key in ("first", "periodic", "repair", "inspection", "accident", "advice")
        }
        cls.resources = {
            key: cls.env.ref(f"dcrc_dealer.appointment_resource_{key}")._dcrc_copy_for(cls.dealer)
            for key in ("advisers", "service", "repair", "inspection", "body")
        }
        cls.customer = cls._create_customer("王芳")
        cls.car = cls._create_car(cls.customer)

    @classmethod
    def _at(cls, hour, minute=0, days=1):
        """A moment (naive UTC) on the dealer's clock, `days` from today."""
        return cls.dealer._dcrc_to_utc(datetime.combine(TODAY, datetime.min.time())) + timedelta(
            days=days, hours=hour, minutes=minute
        )

    @classmethod
    def _book(cls, hour=10, minute=0, days=1, kind="periodic", partner=None, **vals):
        """Book as the system's user; a new customer with a car unless one is given."""
        if partner is None:
            partner = cls._create_customer()
            vals.setdefault("vehicle_id", cls._create_car(partner).id)
        return cls.Appointment.create(
            {
                "company_id": partner.company_id.id,
                "partner_id": partner.id,
                "kind_id": cls.kinds[kind].id,
                "start": cls._at(hour, minute, days),
                **vals,
            }
        )

    def _ask(self, hour=10, minute=0, days=1, kind="periodic", user=None, **values):
        """Book as the dialog does; return its answer."""
        model = self._as(user or self.specialist, "dcrc.appointment")
        start = str(self._at(hour, minute, days))
        return model.book({"partner_id": self.customer.id, "kind_id": self.kinds[kind].id, "start": start, **values})

    def _labels(self, slots):
        return [slot["label"] for slot in slots]

    def _followups(self, trigger, appointment=None):
        """Follow-ups of the dealer by trigger."""
        domain = [("rule_id.trigger", "=", trigger), ("company_id", "=", self.dealer.id)]
        if appointment:
            domain.append(("source_id", "=", appointment.id))
        return self.env["dcrc.followup"].search(domain)
