"""What tests of time limits share: rules, ladders and moments of the dealer's clock."""

from datetime import datetime

from freezegun import freeze_time

from odoo.fields import Command, Domain

from .common_voice import CorrectionCase


class ClockCase(CorrectionCase):
    """A dealer open from 8:30 to 17:30 every day, and corrections whose limit the test sets."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Clock = cls.env["dcrc.clock"]
        cls.rules = cls.env["dcrc.clock.rule"].search([("company_id", "=", cls.dealer.id)])
        cls.rule = cls.rules.filtered(lambda rule: rule.kind == "correction")
        cls.head = cls._create_user("head", "dcrc_dealer.group_dcrc_department", cls.dealer)
        cls.sales.responsible_id = cls.head

    @classmethod
    def _set_rule(cls, amount, *steps, unit="work", warn=0):
        """The limit of corrections: `amount` of `unit`, and a ladder of ``(minutes late, target)``."""
        ladder = [Command.create({"after_minutes": minutes, "target": target}) for minutes, target in steps]
        cls.rule.write({"unit": unit, "amount": amount, "warn_minutes": warn, "step_ids": [Command.clear(), *ladder]})

    @classmethod
    def _moment(cls, day, hour, minute=0):
        """A moment of October 2026 on the dealer's clock, as naive UTC."""
        return cls.dealer._dcrc_to_utc(datetime(2026, 10, day, hour, minute))

    def _correct(self, **vals):
        """A correction that sales has to clear."""
        vals = {"partner_id": self._create_customer().id, "item": "name", "department_id": self.sales.id, **vals}
        return self.env["dcrc.correction"].create({"company_id": self.dealer.id, **vals})

    def _complain(self, **vals):
        """A problem that a call brought up and nobody has handed over yet."""
        vals = {"partner_id": self._create_customer().id, "text": "异响", "source": "call", **vals}
        return self.env["dcrc.complaint"].create({"company_id": self.dealer.id, **vals})

    def _clock(self, record, kind=None):
        """The newest clock of a record; of a complaint, which has several: that of its handing over."""
        kind = kind or ("handing" if record._name == "dcrc.complaint" else "correction")
        domain = self.Clock._domain_of(record) & Domain("kind", "=", kind)
        return self.Clock.search(domain, order="id desc", limit=1)

    def _climb_at(self, moment):
        """What the scheduled action does at a moment."""
        with freeze_time(moment):
            while self.Clock._climb_batch(self.dealer):
                pass
            self.env["dcrc.clock.climb"]._tell(self.dealer)

    def _told(self, record):
        """``[(name of who was told, when)]`` of the record's clocks."""
        lines = self.env["dcrc.clock.climb"].search([("clock_id.res_id", "=", record.id), ("told_on", "!=", False)])
        return [(line.user_id.name or line.email, line.told_on) for line in lines]
