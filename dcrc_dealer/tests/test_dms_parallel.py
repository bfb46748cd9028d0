"""Imports side by side, in real transactions: they see each other only when committed."""

import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..models.dms import dms_import_run
from ..models.foundations.worker import Worker
from .common_dms import csv_file, sales_row, service_row
from .sound import check_sound

COUNT = 20
NUMBERS = range(88001, 88001 + COUNT)
MODEL = "并行车型"
FACTS = {
    "dcrc_delivery": "order_no",
    "dcrc_service_visit": "order_no",
    "fleet_vehicle": "vin_sn",
    "dcrc_phone": "number",
    "res_partner": "name",
}


@tagged("post_install", "-at_install")
class TestDmsParallel(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db"))
        self.enterContext(patch.object(dms_import_run, "BATCH", 5))
        model = self.registry["dcrc.dms.import"]
        self.enterContext(patch.object(model, "_after_import", lambda record: None))
        self.sales = [sales_row(n, model_name=MODEL) for n in NUMBERS]
        self.service = [service_row(n, model_name=MODEL) for n in reversed(NUMBERS)]
        # the same people buy other cars: nothing in the database forbids to make them twice
        self.second = [
            {**sales_row(n + COUNT, model_name=MODEL), "name": f"客户{n}", "phone": f"139{n:08d}"}
            for n in reversed(NUMBERS)
        ]
        self.import_ids = []
        self.addCleanup(self._clean_up)
        self.addCleanup(self._check_sound)

    def _env(self, cursor):
        return api.Environment(cursor, SUPERUSER_ID, {})

    def _give(self, *lists):
        """Commit queued lists."""
        with self.registry.cursor() as cursor:
            model = self._env(cursor)["dcrc.dms.import"]
            records = [model._take_file(f"{kind}.csv", csv_file(kind, rows)) for kind, rows in lists]
            for record in records:
                record._queue()
            self.import_ids = [record.id for record in records]
        return self.import_ids

    def _work(self, import_id, barrier, failures):
        """What a cron worker does with one list: a transaction per batch."""
        threading.current_thread().dbname = get_db_name()
        try:
            with self.registry.cursor() as cursor:
                cursor.execute("SET lock_timeout = '20s'")
                record = self._env(cursor)["dcrc.dms.import"].browse(import_id)
                barrier.wait(20)
                worker = Worker(record.env)
                worker.drain(record._step, worker)
        except Exception as problem:
            failures.append(problem)

    def _work_together(self, ids):
        barrier, failures = threading.Barrier(len(ids)), []
        threads = [threading.Thread(target=self._work, args=(i, barrier, failures)) for i in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(failures, [])

    def _values(self, table):
        orders = [row["order_no"] for row in self.sales + self.service + self.second]
        return {
            "order_no": orders,
            "vin_sn": [row["vin"] for row in self.sales + self.second],
            "number": [f"+86139{n:08d}" for n in NUMBERS],
            "name": [f"客户{n}" for n in NUMBERS],
        }[FACTS[table]]

    def _counts(self):
        with self.registry.cursor() as cursor:
            counts = {}
            for table, column in FACTS.items():
                query = f"SELECT count(*) FROM {table} WHERE {column} = ANY(%s)"
                cursor.execute(query, [self._values(table)])
                counts[table] = cursor.fetchone()[0]
            query = "SELECT DISTINCT state FROM dcrc_dms_row WHERE import_id = ANY(%s)"
            cursor.execute(query, [self.import_ids])
            counts["states"] = {state for (state,) in cursor.fetchall()}
        return counts

    def _check_sound(self):
        with self.registry.cursor() as cursor:
            check_sound(self, self._env(cursor))

    def _clean_up(self):
        with self.registry.cursor() as cursor:
            cursor.execute("DELETE FROM dcrc_dms_import WHERE id = ANY(%s)", [self.import_ids])
            cursor.execute(
                "DELETE FROM dcrc_vehicle_owner WHERE vehicle_id IN"
                " (SELECT id FROM fleet_vehicle WHERE vin_sn = ANY(%s))",
                [self._values("fleet_vehicle")],
            )
            for table, column in FACTS.items():
                cursor.execute(f"DELETE FROM {table} WHERE {column} = ANY(%s)", [self._values(table)])
            cursor.execute("DELETE FROM fleet_vehicle_model WHERE name = %s", [MODEL])

    def _expected(self, visits, *states):
        counts = dict.fromkeys(FACTS, COUNT)
        return {**counts, "dcrc_service_visit": visits, "states": set(states)}

    def test_the_same_list_twice_at_once(self):
        self._work_together(self._give(("sales", self.sales), ("sales", self.sales)))
        self.assertEqual(self._counts(), self._expected(0, "created", "unchanged"))

    def test_sales_and_visits_of_the_same_cars_at_once(self):
        self._work_together(self._give(("sales", self.sales), ("service", self.service)))
        self.assertEqual(self._counts(), self._expected(COUNT, "created"))

    def test_the_same_people_in_two_lists_at_once(self):
        self._work_together(self._give(("sales", self.sales), ("sales", self.second)))
        counts = self._counts()
        self.assertEqual((counts["dcrc_delivery"], counts["fleet_vehicle"]), (2 * COUNT, 2 * COUNT))
        self.assertEqual((counts["res_partner"], counts["dcrc_phone"]), (COUNT, COUNT))

    def test_two_workers_on_one_list(self):
        self._work_together(self._give(("sales", self.sales)) * 2)
        self.assertEqual(self._counts(), self._expected(0, "created"))
