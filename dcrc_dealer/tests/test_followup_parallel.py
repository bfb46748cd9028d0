import threading
from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .common import make_vin
from .sound import check_sound

COUNT = 3


@tagged("post_install", "-at_install")
class TestFollowupParallel(BaseCase):
    """Real transactions side by side: they see each other only when committed."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db"))
        with self._transaction() as env:
            self.company_id = env.company.id
            self.today = env.company._dcrc_today()
            deliveries = [self._create_delivery(env, number) for number in range(COUNT)]
            self.delivery_ids = [delivery.id for delivery in deliveries]
            self.partner_ids = [delivery.partner_id.id for delivery in deliveries]
            self.vehicle_ids = [delivery.vehicle_id.id for delivery in deliveries]
        self.addCleanup(self._clean_up)
        self.addCleanup(self._check_sound)

    def _transaction(self):
        return Transaction(self.registry)

    def _create_delivery(self, env, number):
        env = env(context={"tracking_disable": True})
        customer = env["res.partner"].create(
            {
                "name": f"并行{number}",
                "dcrc_customer": True,
                "company_id": env.company.id,
                "dcrc_phone_ids": [Command.create({"number": f"1370000{number:04d}"})],
            }
        )
        brand = env["fleet.vehicle.model.brand"].create({"name": "并行"})
        car = env["fleet.vehicle"].create(
            {
                "dcrc_kind": "customer",
                "company_id": env.company.id,
                "vin_sn": make_vin(990000 + number),
                "model_id": env["fleet.vehicle.model"].create({"name": "并行", "brand_id": brand.id}).id,
                "dcrc_owner_id": customer.id,
            }
        )
        return env["dcrc.delivery"].create(
            {
                "company_id": env.company.id,
                "order_no": f"PARALLEL{number}",
                "vehicle_id": car.id,
                "partner_id": customer.id,
                "date": self.today - timedelta(days=2),
            }
        )

    def _check_sound(self):
        with self._transaction() as env:
            check_sound(self, env)

    def _clean_up(self):
        by_partner = ("dcrc_call", "dcrc_followup", "dcrc_contact", "dcrc_delivery", "dcrc_vehicle_owner")
        with self.registry.cursor() as cr:
            for table in by_partner:
                cr.execute(f"DELETE FROM {table} WHERE partner_id = ANY(%s)", [self.partner_ids])
            cr.execute("SELECT model_id FROM fleet_vehicle WHERE id = ANY(%s)", [self.vehicle_ids])
            models = [row[0] for row in cr.fetchall()]
            cr.execute("DELETE FROM fleet_vehicle WHERE id = ANY(%s)", [self.vehicle_ids])
            cr.execute("DELETE FROM fleet_vehicle_model WHERE id = ANY(%s) RETURNING brand_id", [models])
            brands = [row[0] for row in cr.fetchall()]
            cr.execute("DELETE FROM fleet_vehicle_model_brand WHERE id = ANY(%s)", [brands])
            cr.execute("DELETE FROM res_partner WHERE id = ANY(%s)", [self.partner_ids])

    def _plan(self, env):
        return env["dcrc.followup.planner"]._plan_company(env.company)

    def _count(self, env, **domain):
        """First calls of the test's deliveries."""
        conditions = [("delivery_id", "in", self.delivery_ids), ("rule_id.trigger", "=", "delivery")]
        return env["dcrc.followup"].search_count(conditions + [(k, "=", v) for k, v in domain.items()])

    def _open_callbacks(self, env):
        """Plan, and let everybody be called at any hour (the clock runs here)."""
        self._plan(env)
        contacts = env["dcrc.contact"].search([("partner_id", "in", self.partner_ids)])
        contacts.is_callback = True
        env.flush_all()
        return contacts

    def test_a_second_planner_leaves_a_dealer_to_the_first(self):
        with self._transaction() as one, self._transaction() as two:
            self.assertEqual(self._plan(one)["opened"], COUNT)
            self.assertIsNone(self._plan(two))
            one.cr.commit()
            two.cr.rollback()
            self.assertFalse(self._plan(two).get("opened"))
            self.assertEqual(self._count(two, state="open"), COUNT)

    def test_the_database_lets_nothing_double_even_without_the_lock(self):
        with self._transaction() as one, self._transaction() as two:
            two.cr.execute("SELECT 1")
            self._plan(one)
            one.cr.commit()
            lockless = patch.object(type(two["dcrc.followup.planner"]), "_lock", lambda *args: True)
            with lockless, self.assertRaises(psycopg2.errors.SerializationFailure):
                self._plan(two)
            two.cr.rollback()
            self.assertEqual(self._count(two), COUNT)

    def test_a_planner_killed_half_way_is_made_good_by_the_next(self):
        with self._transaction() as env:
            planner = env["dcrc.followup.planner"]
            planner._run_step(env.company, "plan")
            env.cr.commit()
            planner._run_step(env.company, "open")
            with self.registry.cursor() as killer:
                killer.execute("SELECT pg_terminate_backend(%s)", [env.cr._cnx.info.backend_pid])
            with self.assertRaises(psycopg2.Error):
                env.cr.execute("SELECT 1")
        with self._transaction() as env:
            self.assertEqual(self._count(env, state="planned"), COUNT)
            self._plan(env)
            self.assertEqual((self._count(env), self._count(env, state="open")), (COUNT, COUNT))

    def test_two_people_asking_at_the_same_moment_get_two_customers(self):
        with self._transaction() as env:
            self._open_callbacks(env)
        with self._transaction() as one, self._transaction() as two:
            first = one["dcrc.contact"]._claim_next(one.ref("base.user_root"))
            second = two["dcrc.contact"]._claim_next(two.ref("base.user_admin"))
            self.assertTrue(first and second)
            self.assertNotEqual(first.id, second.id)

    def test_many_people_asking_at_once_never_share_a_customer(self):
        with self._transaction() as env:
            self._open_callbacks(env)
        barrier, got = threading.Barrier(COUNT), []

        def ask(login, wait=True):
            try:
                with self._transaction() as env:
                    user = env.ref(login)
                    if wait:
                        barrier.wait(10)
                    got.append(env["dcrc.contact"]._claim_next(user).id)
            except psycopg2.errors.SerializationFailure:
                ask(login, wait=False)  # as Odoo does with every request

        people = ("base.user_root", "base.user_admin", "base.public_user")
        threads = [threading.Thread(target=ask, args=[login]) for login in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        self.assertEqual(len(set(filter(None, got))), COUNT)

    def test_who_opens_the_same_customer_a_moment_later_is_told_who_was_first(self):
        with self._transaction() as env:
            contact_id = self._open_callbacks(env)[0].id
        with self._transaction() as one, self._transaction() as two:
            one["dcrc.contact"].browse(contact_id)._claim(one.ref("base.user_root"))
            one.cr.commit()
            late = two["dcrc.contact"].browse(contact_id)
            with self.assertRaisesRegex(UserError, "is with this customer"):
                late._claim(two.ref("base.user_admin"))


class Transaction:
    """``with Transaction(registry) as env``: an environment on its own connection; commits at the end."""

    def __init__(self, registry):
        self.registry = registry
        self.killed = False

    def __enter__(self):
        self.cr = self.registry.cursor()
        return api.Environment(self.cr, SUPERUSER_ID, {})

    def __exit__(self, kind, *_rest):
        try:
            if kind is None:
                self.cr.commit()  # pylint: disable=invalid-commit
        except psycopg2.Error:
            self.killed = True
        finally:
            self.cr.close()
