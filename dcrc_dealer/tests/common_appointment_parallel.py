"""What the tests of appointments with real transactions side by side share."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

from .sound import check_sound

PEOPLE = 6


class ParallelCase(BaseCase):
    """Real transactions side by side, committed; everything made is taken away again."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db", "odoo.service.model"))
        with self._transaction() as env:
            company = env.company
            day = company._dcrc_today() + timedelta(days=3)
            self.start = company._dcrc_day_bounds(day)[0] + timedelta(hours=10)
            self.kind_id = self._create_work(env, company).id
            partners = env["res.partner"].create(
                [
                    {
                        "name": f"并行{n}",
                        "dcrc_customer": True,
                        "company_id": company.id,
                        "dcrc_phone_ids": [Command.create({"number": f"+861380013000{n}"})],
                    }
                    for n in range(PEOPLE)
                ]
            )
            self.partner_ids = partners.ids
        self.enterContext(patch("odoo.service.model.random.uniform", return_value=0.02))
        self.addCleanup(self._clean_up)
        self.addCleanup(self._check_sound)

    def _create_work(self, env, company):
        """A kind of work that one adviser takes, one customer at a time, in a bay of its own."""
        kind = env["dcrc.appointment.kind"].create(
            {"name": "并行", "company_id": company.id, "duration": 60, "max_parallel": 1}
        )
        self.resource_id = (
            env["dcrc.appointment.resource"]
            .create({"name": "并行", "company_id": company.id, "kind": "adviser", "capacity": 1, "kind_ids": kind.ids})
            .id
        )
        others = env["dcrc.appointment.resource"].search(
            [("company_id", "=", company.id), ("kind", "=", "adviser"), ("kind_ids", "=", False)]
        )
        kinds = env["dcrc.appointment.kind"].search([("company_id", "=", company.id), ("id", "!=", kind.id)])
        self.changed_ids = others.ids
        others.kind_ids = kinds
        return kind

    def _check_sound(self):
        with self._transaction() as env:
            check_sound(self, env)

    def _clean_up(self):
        with self._transaction() as env:
            env["dcrc.appointment.resource"].browse(self.changed_ids).kind_ids = False
            env.flush_all()
            for query in (
                "DELETE FROM dcrc_appointment_seat WHERE appointment_id IN"
                " (SELECT id FROM dcrc_appointment WHERE partner_id = ANY(%(partners)s))",
                "DELETE FROM mail_message WHERE model = 'dcrc.appointment' AND res_id IN"
                " (SELECT id FROM dcrc_appointment WHERE partner_id = ANY(%(partners)s))",
                "DELETE FROM dcrc_appointment WHERE partner_id = ANY(%(partners)s)",
                "DELETE FROM dcrc_followup WHERE partner_id = ANY(%(partners)s)",
                "DELETE FROM dcrc_contact WHERE partner_id = ANY(%(partners)s)",
                "DELETE FROM dcrc_appointment_resource WHERE id = %(resource)s",
                "DELETE FROM dcrc_appointment_kind WHERE id = %(kind)s",
                "DELETE FROM res_partner WHERE id = ANY(%(partners)s)",
            ):
                env.cr.execute(
                    query, {"partners": self.partner_ids, "resource": self.resource_id, "kind": self.kind_id}
                )

    def _transaction(self):
        return Transaction(self.registry)

    def _book(self, env, number=0, **values):
        return env["dcrc.appointment"].book(
            {
                "partner_id": self.partner_ids[number],
                "kind_id": self.kind_id,
                "start": fields.Datetime.to_string(self.start),
                **values,
            }
        )

    def _booked(self):
        with self._transaction() as env:
            return env["dcrc.appointment"].search_count(
                [("partner_id", "in", self.partner_ids), ("start", "=", self.start), ("state", "=", "booked")]
            )

    def _request(self, func):
        """Run ``func(env)`` as Odoo runs a request: again when others were faster.

        :return: what it returns, or the error that the user would see.
        """
        with self._transaction() as env:
            try:
                return retrying(lambda: func(env), env)
            except UserError as error:
                env.cr.rollback()
                return error

    @contextmanager
    def _meanwhile(self, func):
        """Run a request in a thread; ``answer()`` waits for what it returns, `waits()` says if it hangs."""
        request = Request(lambda: self._request(func))
        try:
            yield request
        finally:
            request.thread.join(30)


class Request:
    """A request in a thread of its own."""

    def __init__(self, func):
        self.answers = []
        self.thread = threading.Thread(target=lambda: self.answers.append(func()))
        self.thread.start()

    def waits(self, seconds=0.4):
        """Whether it still waits for somebody's lock after some time."""
        self.thread.join(seconds)
        return self.thread.is_alive()

    def answer(self):
        """What the user gets."""
        self.thread.join(30)
        return self.answers[0]


class Transaction:
    """``with Transaction(registry) as env``: a connection of its own; commits at the end."""

    def __init__(self, registry):
        self.registry = registry

    def __enter__(self):
        self.cr = self.registry.cursor()
        return api.Environment(self.cr, SUPERUSER_ID, {"tracking_disable": True})

    def __exit__(self, kind, *_rest):
        try:
            if kind is None:
                self.cr.commit()  # pylint: disable=invalid-commit
        finally:
            self.cr.close()
