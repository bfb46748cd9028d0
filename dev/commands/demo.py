"""start the demo: dealers with customers, cars and a month of work, in the browser

The first start makes the database; later starts take seconds. After a change of the add-ons the
database is updated, its data stay. Ctrl-C ends the server, `./dcrc stop` also the database.
"""

import signal

from .. import demo_data, server
from ..base import Failure, say, state_dir
from ..workshop import Workshop, free_port

DEFAULT_PORT = 8069


def arguments(parser):
    """Where to listen, whether to stay, whether to begin anew."""
    parser.add_argument("--port", type=int, help="port (8069, or the next free one)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1; 0.0.0.0 is everybody)")
    parser.add_argument("--detach", action="store_true", help="leave the server running")
    parser.add_argument("--fresh", action="store_true", help="make the database anew")


def run(options):
    """Start the server unless it runs; print the address and who can log in."""
    shop = Workshop()
    if options.fresh or demo_data.is_stale(shop):
        server.stop_recorded()
    people = demo_data.ensure(shop, options.fresh)
    known = server.recorded()
    if known:
        say("the demo is running already; ./dcrc stop ends it")
        _print(known["port"], people)
        return
    port = free_port(options.port) if options.port else _next_port()
    log = state_dir() / "log" / "server_demo.log"
    log.unlink(missing_ok=True)
    say("starting Odoo …")
    process = server.start(
        shop, demo_data.NAME, port, log, [f"--http-interface={options.host}", "--max-cron-threads=1"]
    )
    server.record(process, port)
    _print(port, people)
    if options.detach:
        return
    say("Ctrl-C ends the server")
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        process.wait()
        raise Failure(f"Odoo has ended by itself; its log is {log}.")
    except KeyboardInterrupt:
        say("stopping Odoo")
    finally:
        server.stop_recorded()


def _next_port():
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 50):
        try:
            return free_port(port)
        except Failure:
            continue
    return free_port()


def _print(port, people):
    print(f"\n  http://127.0.0.1:{port}\n")
    rows = [("role", "login", "password", "dealer"), *people]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
    print(flush=True)
