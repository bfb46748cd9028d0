"""The example client of the manual tells a call and its end over real HTTP (HOT-2)."""

import io
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from odoo.tests import HttpCase, tagged

from .common_hotline import HotlineCase

LINES = "ring call-1 13800138000 8001\nring call-1 13800138000 8001\nend call-1 95 2\n"


@tagged("post_install", "-at_install")
class TestHotlineClient(HotlineCase, HttpCase):
    def _example(self):
        manual = (Path(__file__).parents[1] / "readme" / "DEVELOP.md").read_text(encoding="utf-8")
        return re.search(r"A telephone system calls in\n.*?```python\n(.*?)```", manual, re.S)[1]

    def _urlopen(self, request, timeout):
        """The test's own way to its server, as `urllib.request.urlopen`."""
        answer = self.url_open(request.full_url, data=request.data, headers=dict(request.header_items()), timeout=60)
        self.assertEqual(answer.status_code, 200, answer.text)
        return io.BytesIO(answer.content)

    def test_the_example_is_short_and_tells_a_call_from_ring_to_end(self):
        code = self._example()
        self.assertLessEqual(len(code.splitlines()), 25)
        key = self.env["res.users.apikeys"].with_user(self.colleague).sudo()._generate("rpc", "test", None)
        args = ["client.py", self.base_url(), key, self.env.cr.dbname]
        with (
            patch.object(sys, "argv", args),
            patch.object(sys, "stdin", io.StringIO(LINES)),
            patch("urllib.request.urlopen", self._urlopen),
            redirect_stdout(io.StringIO()) as told,
        ):
            exec(compile(code, "client.py", "exec"), {"__name__": "client"})  # pylint: disable=exec-used
        self.assertEqual(told.getvalue().count("'agent': 'Specialist'"), 2)
        self.assertRecordValues(self._ring("call-1"), [{"seconds": 95, "rings": 2, "answered": True}])
