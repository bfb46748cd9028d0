"""Killed and resumed: nothing lost and nothing doubled; and what a batch costs."""

from unittest.mock import patch

import psycopg2

from odoo.tests import tagged

from ..models.dms import dms_import_run
from .common_dms import DmsCase, csv_file, sales_row, service_row
from .sound import check_sound


class Killed(psycopg2.InterfaceError):
    """What a process sees whose database connection is cut."""


@tagged("post_install", "-at_install")
class TestResume(DmsCase):
    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(dms_import_run, "BATCH", 10))

    def test_batches_go_on_where_a_killed_run_stopped(self):
        rows = [sales_row(n) for n in range(1, 36)]
        record = self._give("sales", rows)
        record.action_import()
        sudo = record.sudo()
        sudo._step()
        sudo._step()
        self.assertEqual((record.state, record.done_count), ("running", 20))
        # the third batch dies after writing, before its commit
        with self.assertRaises(Killed), self.env.cr.savepoint():
            with patch.object(type(self.env["dcrc.dms.row"]), "_store_lines", side_effect=Killed("cut")):
                sudo._step()
        self.env.invalidate_all()
        self.assertEqual(record.done_count, 20)
        sudo._run_all()
        self.assertEqual((record.state, self._states(record)), ("done", ["created"] * 35))
        self.assertEqual(self._counted()["dcrc.delivery"], 35)
        check_sound(self, self.env, self.dealer)

    def test_a_cut_connection_is_no_row_s_fault(self):
        record = self._give("sales", [sales_row(1)])
        record.action_import()
        with patch.object(type(self.env["fleet.vehicle"]), "create", side_effect=Killed("cut")):
            with self.assertRaises(Killed):
                record.sudo()._run_all()
        self.assertEqual(record.row_ids.state, "pending")

    def test_the_cron_reads_and_imports_what_waits(self):
        data = csv_file("sales", [sales_row(n) for n in range(1, 26)])
        with patch("odoo.addons.dcrc_dealer.models.dms.dms_import_read.AT_ONCE", 10):
            record = self._give("sales", data)
        self.assertEqual(record.state, "reading")
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.dms_import_cron").method_direct_trigger()
            self.assertEqual((record.state, record.row_count), ("preview", 25))
            record.action_import()
            self.env.ref("dcrc_dealer.dms_import_cron").method_direct_trigger()
        self.assertEqual((record.state, record.counts["created"]), ("done", 25))

    def test_import_wakes_the_cron(self):
        record = self._give("sales", [sales_row(1)])
        cron = self.env.ref("dcrc_dealer.dms_import_cron")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        record.action_import()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_queries_do_not_grow_with_a_batch(self):
        counts = []
        for start, size in ((100, 3), (200, 9)):
            record = self._give("service", [service_row(n) for n in range(start, start + size)])
            record.action_import()
            self.env.flush_all()
            before = self.cr.sql_log_count
            record.sudo()._run_batch()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 6, counts)

    def test_queries_of_a_list_given_again_do_not_grow_either(self):
        counts = []
        for start, size in ((300, 2), (400, 9)):
            rows = [sales_row(n) for n in range(start, start + size)]
            self._import("sales", rows)
            again = self._give("sales", rows)
            again.action_import()
            self.env.flush_all()
            before = self.cr.sql_log_count
            again.sudo()._run_batch()
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 20)
