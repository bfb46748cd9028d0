"""What all benchmarks share: turns, medians, rows."""

import gc
import statistics
import time

from odoo import sql_db


def row(bench, metric, value, bar, size, rows, better="lower"):
    """One line of a benchmark's result."""
    return {
        "bench": bench,
        "metric": metric,
        "value": round(value, 4),
        "bar": bar,
        "better": better,
        "size": size,
        "rows": rows,
    }


def seconds(work):
    """How long `work()` takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(times, **works):
    """Call each work `times` times, taking turns; return {name: median of what they return}."""
    results = {name: [] for name in works}
    for turn in range(times):
        order = list(works.items())
        for name, work in order if turn % 2 else reversed(order):
            results[name].append(work())
    return {name: statistics.median(values) for name, values in results.items()}


def vacuum(env):
    """Bring statistics up to date, as autovacuum does in the course of a night."""
    with sql_db.db_connect(env.cr.dbname).cursor() as cr:
        cr.commit()
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE")
