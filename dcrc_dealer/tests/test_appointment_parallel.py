import threading
from datetime import timedelta

import psycopg2

from odoo import SUPERUSER_ID, api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

PEOPLE = 6


@tagged("post_install", "-at_install")
class TestAppointmentParallel(BaseCase):
    """Real transactions side by side, committed: who gets the last place (APT-2)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db"))
        with self._transaction() as env:
            company = env.company
            day = company._dcrc_today() + timedelta(days=3)
            self.start = company._dcrc_day_bounds(day)[0] + timedelta(hours=10)
            self.kind_id = self._create_work(env, company).id
            partners = env["res.partner"].create(
                [{"name": f"并行{n}", "dcrc_customer": True, "company_id": company.id} for n in range(PEOPLE)]
            )
            self.partner_ids = partners.ids
        self.addCleanup(self._clean_up)

    def _create_work(self, env, company):
        """A kind of work that one adviser takes, one customer at a time, in a bay of its own."""
        kind = env["dcrc.appointment.kind"].create(
            {"name": "并行", "company_id": company.id, "duration": 60, "max_parallel": 1}
        )
        self.resource_id = env["dcrc.appointment.resource"].create(
            {"name": "并行", "company_id": company.id, "kind": "adviser", "capacity": 1, "kind_ids": kind.ids}
        ).id
        others = env["dcrc.appointment.resource"].search(
            [("company_id", "=", company.id), ("kind", "=", "adviser"), ("kind_ids", "=", False)]
        )
        kinds = env["dcrc.appointment.kind"].search([("company_id", "=", company.id), ("id", "!=", kind.id)])
        self.changed_ids = others.ids
        others.kind_ids = kinds
        return kind

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
                "DELETE FROM dcrc_appointment_resource WHERE id = %(resource)s",
                "DELETE FROM dcrc_appointment_kind WHERE id = %(kind)s",
                "DELETE FROM res_partner WHERE id = ANY(%(partners)s)",
            ):
                env.cr.execute(query, {"partners": self.partner_ids, "resource": self.resource_id,
                                       "kind": self.kind_id})  # fmt: skip

    def _transaction(self):
        return Transaction(self.registry)

    def _book(self, env, number=0, **values):
        return env["dcrc.appointment"].book(
            {"partner_id": self.partner_ids[number], "kind_id": self.kind_id,
             "start": fields.Datetime.to_string(self.start), **values}
        )  # fmt: skip

    def _booked(self):
        with self._transaction() as env:
            return env["dcrc.appointment"].search_count(
                [("partner_id", "in", self.partner_ids), ("start", "=", self.start)]
            )

    def test_of_two_who_want_the_last_place_one_gets_it_and_the_other_two_alternatives(self):
        with self._transaction() as one, self._transaction() as two:
            two.cr.execute("SELECT 1")  # the second one's view of the day is older than the booking
            first = self._book(one, 0)
            self.assertTrue(first["ok"], first)
            one.cr.commit()
            answer = self._book(two, 1)
            self.assertFalse(answer["ok"])
            self.assertIn("fully booked", answer["message"])
            self.assertEqual(len(answer["alternatives"]), 2)
            second = self._book(two, 1, start=answer["alternatives"][0]["start"])
            self.assertTrue(second["ok"], second)
        self.assertEqual(self._booked(), 1)

    def test_of_many_at_the_same_moment_exactly_one_gets_the_last_place(self):
        barrier, answers = threading.Barrier(PEOPLE), []

        def ask(number, wait=True):
            try:
                with self._transaction() as env:
                    env.cr.execute("SELECT 1")
                    if wait:
                        barrier.wait(20)
                    answer = self._book(env, number)
            except psycopg2.errors.OperationalError:
                return ask(number, wait=False)  # as Odoo does with every request
            answers.append(answer)

        threads = [threading.Thread(target=ask, args=[number]) for number in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(len(answers), PEOPLE)
        self.assertEqual(sum(answer["ok"] for answer in answers), 1)
        self.assertEqual(self._booked(), 1)
        for answer in answers:
            if not answer["ok"]:
                self.assertEqual(len(answer["alternatives"]), 2, answer)

    def test_a_place_given_back_by_a_rollback_is_free_again(self):
        with self._transaction() as one:
            self.assertTrue(self._book(one, 0)["ok"])
            one.cr.rollback()
        with self._transaction() as two:
            self.assertTrue(self._book(two, 1)["ok"])

    def test_the_database_itself_refuses_a_second_holder_of_a_place(self):
        with self._transaction() as env:
            self._book(env, 0)
            env.flush_all()
            with self.assertRaises(psycopg2.errors.UniqueViolation), env.cr.savepoint():
                env.cr.execute(
                    "INSERT INTO dcrc_appointment_seat"
                    " (appointment_id, company_id, resource_id, start, number)"
                    " SELECT appointment_id, company_id, resource_id, start, number"
                    " FROM dcrc_appointment_seat WHERE resource_id = %s LIMIT 1",
                    [self.resource_id],
                )


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
