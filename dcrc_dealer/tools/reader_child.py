"""The process in which a list is read: whatever the file does, only this one suffers.

Started by `reader` as ``python -I -S reader_child.py LIMIT PATH…``: the file comes
on standard input, its rows leave on standard output, one JSON array a line, and the
last line on standard error is a JSON object: ``kind``, ``encoding``, ``sheets``,
``offsets``, ``date1904``, or ``error`` and ``params``. It imports the readers and nothing of Odoo.
"""

import json
import os
import resource
import sys

MEMORY = 2 * 1024**3
SECONDS = 60
ROOM = 256 * 1024 * 1024  # of rows as they leave; a list of 30 MB needs a third of it
LIMITS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_FSIZE, 2 * ROOM),
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_NOFILE, 32),
)


def limit_itself():
    """Take what nobody may exceed; a lower limit that is set already stays."""
    for name, value in LIMITS:
        hard = resource.getrlimit(name)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))


def pass_on(table, out, error):
    """Write the table's rows sheet by sheet; return the offset at which each begins."""
    offsets, written = [], 0
    for place in range(len(table.sheets)):
        offsets.append(written)
        for line, cells in table.rows(place):
            row = json.dumps([line, cells], ensure_ascii=False).encode("utf-8", "replace") + b"\n"
            written += len(row)
            if written > ROOM:
                raise error("zip_bomb")
            out.write(row)
    out.flush()
    return [*offsets, written]


def read(limit):
    """Read standard input; return what is to be told of it."""
    from tools.tabular import TableError, read_table

    try:
        table = read_table(sys.stdin.buffer.read(), limit)
        offsets = pass_on(table, sys.stdout.buffer, TableError)
    except TableError as problem:
        return {"error": problem.code, "params": problem.params}
    except RecursionError:
        return {"error": "broken", "params": {}}
    except MemoryError:
        return {"error": "zip_bomb", "params": {}}
    told = ("kind", "encoding", "delimiter", "sheets", "date1904")
    return {**{name: getattr(table, name) for name in told}, "offsets": offsets}


def main():
    """Read one file within the limits; a panic of a reader's own is a broken file."""
    limit_itself()
    limit, *paths = sys.argv[1:]
    sys.path[:0] = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    sys.path.extend(paths)
    try:
        told = read(int(limit))
    except BaseException:  # noqa: B036 - pyo3's PanicException is no Exception
        told = {"error": "broken", "params": {}}
    sys.stderr.write("\n" + json.dumps(told))
    sys.stderr.flush()
    os._exit(0)  # nothing is tidied up: an unpacked workbook takes its time to go


if __name__ == "__main__":
    main()
