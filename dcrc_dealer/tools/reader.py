"""Reading a list apart: in a child process, one at a time, at a bounded cost.

How to use::

    table = read_apart(data, limit)     # bytes of any file
    for line, cells in table.rows():
        ...

What the file is and what can be wrong with it: see `tabular`. On top of its codes
`TableError` may be ``reader_died``: the child was ended, by a limit or by the file; the
caller tries once more. `ReaderBusy` means that another list is being read just now. The rows wait in a
temporary file and are handed on one by one, so the server's memory does not grow with the list.
"""

import contextlib
import importlib.util
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from .tabular import Table, TableError, check_size

CHILD = Path(__file__).with_name("reader_child.py")
LIBRARIES = ("python_calamine",)
SECONDS = 120  # by the clock; the child's own limit counts what the processor worked
LEAVING = 0.1  # seconds from a program's last sign to its end
TOLD = 256 * 1024
KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")  # of the server's surroundings; nothing of its secrets
_turn = threading.Lock()


class ReaderBusy(Exception):
    """Another list is being read in this process: this one has to wait."""


class ReadTable(Table):
    """A `Table` whose rows the child has looked at already."""

    def rows(self, sheet=0):
        """Yield ``(line, [text, …])`` of a sheet by its place; may be asked again and again."""
        return self._rows_of(sheet)


def read_apart(data, limit, wait=5, seconds=SECONDS):
    """Return the `Table` in ``data``, read by a child process.

    :param data: the file's content, at most ``limit`` bytes
    :param wait: seconds to wait for one's turn
    :raises TableError: the file can't be read, or its reader died
    :raises ReaderBusy: it wasn't our turn in time
    """
    check_size(len(data), limit)
    if not _turn.acquire(timeout=wait):
        raise ReaderBusy
    try:
        rows, told = _run(data, limit, seconds)
    finally:
        _turn.release()
    if "error" in told:
        rows.close()
        raise TableError(told["error"], **told["params"])
    offsets = told.pop("offsets")

    def rows_of(place):
        return _rows(rows, offsets[place], offsets[place + 1])

    return ReadTable(told.pop("kind"), rows_of, **told)


def _run(data, limit, seconds):
    """Return the file of rows and what the child told; the rows' file is the caller's to close."""
    command = [sys.executable, "-I", "-S", os.fspath(CHILD), str(limit), *_library_paths()]
    surroundings = {name: os.environ[name] for name in KEPT if name in os.environ}
    rows = tempfile.TemporaryFile()
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as told:
        given.write(data)
        given.seek(0)
        child, ended = _start(command, stdin=given, stdout=rows, stderr=told, env=surroundings)
        try:
            _wait(child, ended, seconds)
        except BaseException as problem:
            child.kill()
            child.wait()
            if not isinstance(problem, subprocess.TimeoutExpired):
                rows.close()
                raise
        told.seek(max(0, told.seek(0, os.SEEK_END) - TOLD))
        last = told.read().rpartition(b"\n")[2]
    with contextlib.suppress(ValueError):
        return rows, json.loads(last)
    return rows, {"error": "reader_died", "params": {}}


def _start(command, **options):
    """Start a program; return it, and a file that ends when the program does."""
    end, held = os.pipe()
    ended = open(end, "rb")
    try:
        return subprocess.Popen(command, pass_fds=(held,), **options), ended
    except BaseException:
        ended.close()
        raise
    finally:
        os.close(held)


def _wait(child, ended, seconds):
    """Wait until a program has ended, to the millisecond: `Popen.wait` looks after ever longer naps.

    :raises subprocess.TimeoutExpired: it is still at work
    """
    until = time.monotonic() + seconds
    with ended, selectors.DefaultSelector() as selector:
        selector.register(ended, selectors.EVENT_READ)
        selector.select(seconds)
    child.wait(max(LEAVING, until - time.monotonic()))


def _library_paths():
    """Where the readers' libraries lie: the child doesn't look for them by itself."""
    specs = filter(None, map(importlib.util.find_spec, LIBRARIES))
    return sorted({os.path.dirname(os.path.dirname(spec.origin)) for spec in specs})


def _rows(file, start, end):
    """Yield the rows between two offsets; others may read the same file in between."""
    while start < end:
        file.seek(start)
        text = file.readline()
        start += len(text)
        line, cells = json.loads(text)
        yield line, cells
