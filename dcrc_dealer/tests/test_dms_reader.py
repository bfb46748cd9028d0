"""A file can't kill the server: lists are read in a process of their own, with limits."""

import os
import resource
import threading
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..tools import reader
from ..tools.reader import ReaderBusy, read_apart
from ..tools.tabular import TableError
from .bad_files import FORMS, KINDS, damaged, package
from .common_dms import DmsCase, csv_file, sales_row

LIMIT = 30 * 1024 * 1024
WORDS = {
    *("empty", "too_big", "too_wide", "too_long", "wrong_kind", "web_page", "password", "zip_bomb"),
    *("far_cell", "entities", "broken", "encoding", "quotes", "reader_died"),
}


def dying_child(code):
    """Replace the child by a program that does ``code`` instead of reading."""
    path = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"dcrc_child_{os.getpid()}.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"import os, sys, time\n{code}\n")
    return patch.object(reader, "CHILD", path)


@tagged("post_install", "-at_install")
class TestReader(BaseCase):
    def assertRefused(self, code, data, **options):
        with self.assertRaises(TableError) as caught:
            read_apart(data, LIMIT, **options)
        self.assertEqual(caught.exception.code, code)

    def test_rows_come_through_as_they_are(self):
        table = read_apart("单号,姓名\nXS1,王芳\n,\nXS2,=1+1\n".encode(), LIMIT)
        self.assertEqual(list(table.rows()), [(1, ["单号", "姓名"]), (2, ["XS1", "王芳"]), (4, ["XS2", "=1+1"])])
        self.assertEqual((table.kind, table.encoding, table.delimiter), ("csv", "utf-8", ","))

    def test_two_readers_of_one_table_do_not_disturb_each_other(self):
        table = read_apart(b"a,b\n1,2\n3,4\n", LIMIT)
        one, other = table.rows(), table.rows()
        self.assertEqual([next(one), next(other), next(one)][2], (2, ["1", "2"]))

    def test_every_kind_of_bad_file_ends_in_words_or_rows(self):
        for name, make in KINDS.items():
            with self.subTest(name):
                try:
                    self.assertLess(sum(1 for _row in read_apart(make(), LIMIT).rows()), 100_000)
                except TableError as problem:
                    self.assertIn(problem.code, WORDS)

    def test_damaged_lists_end_in_words_or_in_rows(self):
        """A sample of each form; all 2,000 with DCRC_DAMAGED=2000 in the environment (an hour)."""
        for form in FORMS:
            for seed in range(int(os.environ.get("DCRC_DAMAGED", 4))):
                with self.subTest(form=form, seed=seed):
                    try:
                        self.assertLessEqual(sum(1 for _row in read_apart(damaged(form, seed), LIMIT).rows()), 2000)
                    except TableError as problem:
                        self.assertIn(problem.code, WORDS)

    def test_a_million_columns_are_refused_in_a_second(self):
        start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        self.assertRefused("too_wide", b",".join([b"x"] * 1_000_000))
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - start, 1.0)

    def test_a_child_that_dies_is_told(self):
        for code in ("os.abort()", "os._exit(1)", "x = []\nwhile True: x.append(bytearray(10**6))"):
            limits = "import resource; resource.setrlimit(resource.RLIMIT_AS, (10**8, 10**8))\n"
            with self.subTest(code), dying_child(limits + code):
                self.assertRefused("reader_died", b"a,b\n")

    def test_a_child_that_does_not_end_is_ended(self):
        with dying_child("time.sleep(60)"):
            start = time.monotonic()
            self.assertRefused("reader_died", b"a,b\n", seconds=0.5)
        self.assertLess(time.monotonic() - start, 20)

    def test_one_list_at_a_time(self):
        with dying_child("time.sleep(60)"):
            slow = threading.Thread(target=lambda: self.assertRefused("reader_died", b"a,b\n", seconds=1.5))
            slow.start()
            time.sleep(0.3)
            with self.assertRaises(ReaderBusy):
                read_apart(b"a,b\n", LIMIT, wait=0.1)
            slow.join()
        self.assertEqual(len(list(read_apart(b"a,b\n1,2\n", LIMIT).rows())), 2)

    def test_the_limits_are_set_in_the_child(self):
        asked = "import resource, json; limits = [resource.getrlimit(getattr(resource, n)) for n in NAMES]"
        names = ["RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_CORE"]
        code = f"sys.path.insert(0, {os.path.dirname(reader.__file__)!r}); import reader_child as c; c.limit_itself()\n"
        code += f"NAMES = {names}\n{asked}\n"
        code += "sys.stderr.write('\\n' + json.dumps({'error': 'limits', 'params': {'limits': limits}}))"
        with dying_child(code), self.assertRaises(TableError) as caught:
            read_apart(b"a,b\n", LIMIT)
        memory, seconds, size, core = (soft for soft, _hard in caught.exception.params["limits"])
        self.assertLessEqual(memory, 2 * 1024**3)
        self.assertLessEqual((seconds, core), (60, 0))
        self.assertLessEqual(size, 512 * 1024**2)

    def test_the_server_does_not_grow_with_the_list(self):
        line = ",".join(["一二三四五六七八九十"] * 12) + "\n"
        data = (line * 60_000).encode()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        rows = sum(1 for _row in read_apart(data, LIMIT).rows())
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        self.assertEqual(rows, 60_000)
        self.assertLess(grown, 60, "megabytes, for a list of 22")

    def test_text_that_unpacks_to_more_than_there_is_room_for(self):
        cell = b'<c r="%s%d" t="s"><v>0</v></c>'
        rows = b"".join(
            b'<row r="%d">' % n + b"".join(cell % (bytes([65 + c]), n) for c in range(20)) + b"</row>"
            for n in range(1, 1001)
        )
        strings = b"<sst><si><t>" + b"x" * 32000 + b"</t></si></sst>"
        self.assertRefused("zip_bomb", package({"xl/worksheets/sheet1.xml": rows, "xl/sharedStrings.xml": strings}))


@tagged("post_install", "-at_install")
class TestTries(DmsCase):
    """Tries are counted in the database; what killed the server once does not do so for ever."""

    def _read_behind(self, record):
        """What the scheduled action does with a list that is to be read."""
        record = record.sudo()
        if record._begin_reading():
            record._read_behind()

    def test_a_reader_that_dies_is_tried_once_more_then_the_list_fails_in_words(self):
        with dying_child("os.abort()"):
            record = self._give("sales", [sales_row(1)])
            self.assertEqual((record.state, record.read_tries), ("reading", 1))
            self.assertTrue(record.hint_text)
            self._read_behind(record)
        self.assertEqual((record.state, record.problem["code"]), ("failed", "reader_died"))
        self.assertIn(".xlsx", record.problem_text)

    def test_the_second_try_may_succeed(self):
        with dying_child("os.abort()"):
            record = self._give("sales", [sales_row(1)])
        self._read_behind(record)
        self.assertEqual((record.state, record.read_tries, record.row_count), ("preview", 0, 1))

    def test_a_list_that_took_the_server_with_it_twice_is_not_read_again(self):
        record = self._give("sales", [sales_row(1)]).sudo()
        record.write({"state": "reading", "read_tries": 0})
        record._begin_reading()  # … and the server was killed
        record._begin_reading()  # … and once more
        self.assertFalse(record._begin_reading())
        self.assertEqual((record.state, record.problem["code"]), ("failed", "reader_died"))

    def test_what_waits_behind_goes_on(self):
        with dying_child("os.abort()"):
            bad = self._give("sales", [sales_row(1)]).sudo()
            self._read_behind(bad)
        good = self._give("sales", [sales_row(2)])
        self.assertEqual((bad.state, good.state), ("failed", "preview"))

    def test_a_busy_reader_lets_others_queue_with_words(self):
        reader._turn.acquire()
        try:
            with patch.dict("odoo.addons.dcrc_dealer.models.dms.dms_import_read.AT_SCREEN", wait=0.1):
                record = self._give("sales", [sales_row(1)])
        finally:
            reader._turn.release()
        self.assertEqual((record.state, record.read_tries), ("reading", 0))
        self.assertIn("background", record.hint_text)
        self._read_behind(record)
        self.assertEqual(record.state, "preview")

    def test_a_large_list_of_the_dms_is_imported_without_anybody(self):
        with patch("odoo.addons.dcrc_dealer.models.dms.dms_import_read.AT_ONCE", 10):
            record = self._give("sales", csv_file("sales", [sales_row(1)]), source="folder")
        self.assertEqual(record.state, "reading")
        self._read_behind(record)
        self.assertEqual(record.state, "queued")
        record.sudo()._run_all()
        self.assertTrue(self._car(1))

    def test_no_bad_file_leaves_an_error_at_the_screen(self):
        for name in ("quoted_far_cell", "nul_in_text", "deep_markup", "xls_random"):
            record = self._give("sales", KINDS[name]())
            self.assertIn(record.state, ("failed", "columns", "reading", "preview"), name)
            self.assertTrue(record.problem_text or record.hint_text, name)
