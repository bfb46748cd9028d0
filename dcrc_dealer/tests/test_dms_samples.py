"""Whole sample lists against their keys: every verdict, before and after the import."""

import json
from pathlib import Path

from freezegun import freeze_time

from odoo.tests import tagged

from .common_dms import DmsCase

REPOSITORY = Path(__file__).parents[2]
OWN = REPOSITORY / "data"
SHARED = REPOSITORY.parent / "shared" / "samples"


@tagged("post_install", "-at_install")
class TestSamples(DmsCase):
    def setUp(self):
        super().setUp()
        # the lists are of November 2026: nothing in them lies after their day
        clock = freeze_time("2026-11-28 02:00:00")
        clock.start()
        self.addCleanup(clock.stop)

    def _import_sample(self, path):
        record = self._give("", path.read_bytes(), name=path.name)
        self.assertEqual(record.state, "preview", record.problem_text)
        promised = self._states(record)
        record.action_import()
        record.sudo()._run_all()
        self.assertEqual(self._states(record), promised, path.name)
        return record

    def assertAsInKey(self, record, rows, spoiled):
        """Every named row ends as the key says, every other one goes in."""
        key = {entry["row"]: entry["what"] for entry in spoiled}
        self.assertEqual(record.row_count, rows)
        self.assertLessEqual(key.keys(), set(record.row_ids.mapped("line")))
        for row in record.row_ids:
            what = key.get(row.line, "fine:")
            codes = self._reasons(row)
            with self.subTest(list=record.name, line=row.line, what=what, codes=codes):
                if what == "fine: exact duplicate":
                    self.assertEqual(row.verdict, "duplicate")
                elif what.startswith(("fine:", "correct:")):
                    self.assertIn(row.verdict, ("created", "updated"))
                    corrected = any(code.startswith("correct_") for code in codes)
                    self.assertEqual(corrected, what.startswith("correct:"))
                else:
                    self.assertEqual(row.verdict, "held")
                    self.assertTrue(self._tells(what, row.findings), "held for another reason")

    def _tells(self, what, findings):
        """Whether the first finding is the fault that the key names."""
        code, column, _text = findings[0]
        faults = {
            "delivery date impossible": ("date_impossible", "date"),
            "delivery date missing": ("missing", "date"),
            "customer name missing": ("missing", "name"),
            "order number missing": ("missing", "order_no"),
            "in time missing": ("missing", "date_in"),
            "vin check digit wrong": ("vin_check_digit", "vin"),
            "vin with letter O": ("vin_letter", "vin"),
            "vin with letter Q": ("vin_letter", "vin"),
            "vin of 16 characters": ("vin_length", "vin"),
            "vin of 18 characters": ("vin_length", "vin"),
            "vin unknown and plate empty": ("no_car", "vin"),
            "vin and plate empty": ("no_car", "vin"),
            "plate unknown": ("plate_unknown", "plate"),
            "unknown kind": ("kind_unknown", "kind"),
            "out before in": ("out_before_in", "date_out"),
            "mileage negative": ("mileage_negative", "mileage"),
            "mileage no number": ("mileage_unknown", "mileage"),
            "mileage 9999999": ("mileage_high", "mileage"),
        }
        return faults[what] == (code, column)

    def _corrections(self):
        return self.env["dcrc.correction"].search_count([("company_id", "=", self.dealer.id)])

    def test_own_lists(self):
        key = json.loads((OWN / "key.json").read_text())
        for name, entry in key.items():
            record = self._import_sample(OWN / name)
            self.assertEqual(record.header_line, entry["header_row"])
            self.assertAsInKey(record, entry["rows"], entry["spoiled"])
        self.assertEqual(self._corrections(), 2)
        before = self._counted()
        for name in key:
            again = self._import_sample(OWN / name)
            self.assertLessEqual(set(self._states(again)), {"unchanged", "duplicate"})
        self.assertEqual(self._counted(), before)

    def test_lists_beside_the_repository(self):
        """The project's shared lists, where they lie beside the clone (as they do in CI)."""
        if not SHARED.exists():
            return
        key = json.loads((SHARED / "key.json").read_text())
        for kind, name in (("sales", "dms_sales.csv"), ("service", "dms_service.xlsx")):
            record = self._import_sample(SHARED / name)
            self.assertEqual((record.kind, record.header_line), (kind, key["header_row"]))
            self.assertAsInKey(record, key[f"{kind}_rows"], key["spoiled"][kind])
        wanted = [e for e in key["spoiled"]["sales"] if e["what"].startswith("correct:")]
        self.assertEqual(self._corrections(), len(wanted))
