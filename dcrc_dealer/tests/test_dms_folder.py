"""The watched folder: files are taken once, and put away with a word."""

import os
import tempfile
import time
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_dms import DmsCase, csv_file, sales_row

FOLDER = "odoo.addons.dcrc_dealer.models.dms.dms_import_folder"


@tagged("post_install", "-at_install")
class TestWatchedFolder(DmsCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.dealer.dcrc_dms_folder = folder.name

    def _drop(self, name, data=None, age=3600):
        path = self.folder / name
        path.write_bytes(csv_file("sales", [sales_row(1)]) if data is None else data)
        stamp = time.time() - age
        os.utime(path, (stamp, stamp))
        return path

    def _watch(self):
        """What the scheduled action does, without its commits."""
        model = self.env["dcrc.dms.import"].sudo()
        for path in model._waiting_files(str(self.folder)):
            model.with_company(self.dealer)._take_from_folder(self.dealer, path)
        return self.env["dcrc.dms.import"].search([("company_id", "=", self.dealer.id)])

    def _names(self, folder):
        return sorted(path.name for path in (self.folder / folder).glob("*"))

    def test_a_list_is_taken_and_put_away(self):
        self._drop("sales_20261009.csv")
        record = self._watch()
        self.assertEqual((record.state, record.source), ("queued", "folder"))
        self.assertEqual(self._names("done"), [f"{record.id}-sales_20261009.csv"])
        record._run_all()
        self.assertEqual(record.counts["created"], 1)

    def test_what_cannot_be_read_is_put_away_with_the_reason(self):
        self._drop("a.csv", b"%PDF")
        self._drop("b.doc", b"x")
        self._watch()
        self.assertEqual(self._names("failed"), ["a.csv", "a.csv.txt", "b.doc", "b.doc.txt"])
        self.assertIn(".xlsx", (self.folder / "failed" / "a.csv.txt").read_text())

    def test_too_large_is_not_read(self):
        self.dealer.dcrc_dms_limit_mb = 1
        self._drop("a.csv", b"x" * 1100000)
        self.assertFalse(self._watch())
        self.assertIn("1.0 MB", (self.folder / "failed" / "a.csv.txt").read_text())

    def test_a_file_still_being_written_waits(self):
        self._drop("a.csv", age=0)
        self.assertFalse(self._watch())
        self.assertTrue((self.folder / "a.csv").exists())

    def test_links_and_folders_are_left_alone(self):
        target = self._drop("real.txt.bak")
        os.symlink("/etc/passwd", self.folder / "link.csv")
        (self.folder / "sub.csv").mkdir()
        target.rename(self.folder / ".hidden.csv")
        self.assertFalse(self._watch())
        self.assertTrue((self.folder / "link.csv").is_symlink())

    def test_a_link_put_in_a_file_s_place_is_not_followed(self):
        os.symlink("/etc/passwd", self.folder / "link.csv")
        with self.assertRaises(OSError):
            self.env["dcrc.dms.import"]._read_file(self.dealer, self.folder / "link.csv")

    def test_a_file_taken_before_its_move_is_not_taken_twice(self):
        path = self._drop("a.csv")
        data = path.read_bytes()
        self._watch()
        self._drop("a.csv", data)
        self.assertEqual(len(self._watch()), 1)
        self.assertEqual(len(self._names("done")), 2)

    def test_a_folder_that_is_not_there_is_logged(self):
        with self.assertLogs(FOLDER, "WARNING"):
            self.assertEqual(self.env["dcrc.dms.import"]._waiting_files("/no/such/folder"), [])

    def test_the_scheduled_action_looks_into_every_dealers_folder(self):
        self._drop("a.csv")
        with self.enter_registry_test_mode(), mute_logger(FOLDER):
            self.env.ref("dcrc_dealer.dms_folder_cron").method_direct_trigger()
        self.assertEqual(len(self._names("done")), 1)

    def test_only_the_administrator_sees_the_folder(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, self.dealer).read(["dcrc_dms_folder"])
