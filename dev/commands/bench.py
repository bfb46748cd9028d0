"""measure: prints one table, and writes the rows as JSON

A benchmark is no test: the exit code is 1 only when one of them didn't work.
"""

import json
import os
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from .. import database
from ..base import ROOT, Failure, say, timed
from ..bench import CARS, FLEETS
from ..source import source_key
from ..templates import fresh_copy
from ..workshop import Workshop

FOLDER = ROOT / "dev" / "bench"


def arguments(parser):
    """Which, how large, where the rows go."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these of dev/bench")
    parser.add_argument(
        "--size", choices=("small", "medium", "large"), default="small", help="10 k, 100 k or 1 M cars (small)"
    )
    parser.add_argument("--json", metavar="FILE", help="write the rows here")
    parser.add_argument("--keep", action="store_true", help="keep the databases")


def run(options):
    """Run the benchmarks one after the other; return 1 when one failed."""
    known = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    unknown = set(options.names) - set(known)
    if unknown:
        raise Failure(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(known) or 'none'}.")
    shop, rows, failed = Workshop(), [], []
    for name in options.names or known:
        found = _measure(shop, name, options)
        rows += found or []
        if found is None:
            failed.append(name)
    print(table(rows))
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n")
    if failed:
        say(f"didn't work: {', '.join(failed)}")
    return 1 if failed else 0


def _measure(shop, name, options):
    """Run one benchmark on a database of its own; return its rows, None when it failed."""
    target = f"bench_{name}_{os.getpid()}"
    if name in FLEETS:
        database.copy(shop, _filled(shop, options.size), target)
    else:
        fresh_copy(shop, target)
    say(f"bench {name}, {options.size} …")
    rows = _run(shop, target, name, options.size)
    if not options.keep:
        database.drop(shop, target)
    return rows


def _run(shop, target, name, size):
    """Run one module of dev/bench on a database; return its rows, None when it failed."""
    with tempfile.NamedTemporaryFile(suffix=".json") as handle:
        done = subprocess.run(
            [shop.python, "-m", "dev.bench_run", target, name, size, handle.name], env=shop.env, cwd=ROOT, check=False
        )
        return None if done.returncode else json.loads(Path(handle.name).read_text())


def _filled(shop, size):
    """Return the database with that many cars, made when there is none of today."""
    made_by = "".join((FOLDER / name).read_text() for name in ("_fleet.py", "_copies.py"))
    name = f"fleet_{size}_{source_key(made_by, f'{date.today():%Y%m%d}')}"
    if not database.exists(shop, name):
        for (old,) in shop.sql(
            f"SELECT datname FROM pg_database d WHERE datname LIKE 'fleet_{size}_%' AND NOT EXISTS "
            "(SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)"
        ):
            database.drop(shop, old)
        scratch = fresh_copy(shop, f"{name}_{os.getpid()}")
        with timed(f"making {CARS[size]:,} cars (once a day)"):
            if _run(shop, scratch, "_fleet", size) is None:
                database.drop(shop, scratch)
                raise Failure("The cars can't be made.")
        database.rename(shop, scratch, name)
    return name


def table(rows):
    """Return the rows as an aligned text table."""
    lines = [("bench", "metric", "value", "bar", "", "size", "rows")]
    for row in rows:
        good = row["value"] <= row["bar"] if row["better"] == "lower" else row["value"] >= row["bar"]
        lines.append(
            (
                row["bench"],
                row["metric"],
                f"{row['value']:.4g}",
                ("≤ " if row["better"] == "lower" else "≥ ") + f"{row['bar']:g}",
                "ok" if good else "MISSED",
                row["size"],
                f"{row['rows']:,}",
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(7)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)
