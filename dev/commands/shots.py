"""take screenshots, of the main screens of the demo or of one page of any database

  ./dcrc shots [NAME …] --out FOLDER          the screens of dev/shots.py, on the demo
  ./dcrc shots --db DB --user LOGIN --url /odoo/… --out FILE.png [--size 1280x800]
               [--wait SELECTOR] [--click SELECTOR] [--type TEXT] [--key NAME] …
Actions are carried out in the order given. The user needs no password. The exit code is 1 when a
page shows an error or misses a selector (the picture is taken all the same).
"""

import argparse
import json
import subprocess
from pathlib import Path

from .. import demo_data, server
from ..base import ROOT, Failure, say
from ..shots import SHOTS
from ..workshop import Workshop, check_name


class _Step(argparse.Action):
    """Collect actions of different kinds in the order of the command line."""

    def __call__(self, parser, options, value, option_string=None):
        options.actions = [*(options.actions or []), (self.dest, value)]


def arguments(parser):
    """What to take, where to put it."""
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these of dev/shots.py")
    parser.add_argument("--db", default="demo", help="database (demo)")
    parser.add_argument("--user", help="login")
    parser.add_argument("--url", help="one page to open, instead of the list")
    parser.add_argument("--size", default="1280x800", help="width and height (1280x800)")
    parser.add_argument("--scale", type=float, default=1, help="device pixels per pixel (1)")
    parser.add_argument("--lang", help="give the user this language first, such as zh_CN")
    parser.add_argument("--out", default="shots", help="folder, or PNG file with --url")
    parser.set_defaults(actions=None)
    for name, text in (
        ("wait", "wait for a selector"),
        ("click", "click on a selector"),
        ("type", "type into the focused field"),
        ("key", "press a key"),
        ("js", "evaluate JavaScript"),
        ("pause", "wait some seconds"),
    ):
        parser.add_argument(f"--{name}", action=_Step, help=text)


def run(options):
    """Take the pictures; return 1 when one of them is wrong."""
    shop = Workshop()
    check_name(options.db)
    shots = _one(options) if options.url else _listed(options, shop)
    logins = [shot["login"] for shot in shots if shot["login"]]
    sessions = server.open_sessions(shop, options.db, logins, options.lang) if logins else {}
    for shot in shots:
        if shot["login"] and shot["login"] not in sessions:
            raise Failure(f"There is no user {shot['login']} in {options.db}.")
        shot["session"] = sessions.get(shot["login"])
    with server.running(shop, options.db) as port:
        spec = {"base": f"http://127.0.0.1:{port}", "shots": shots}
        done = subprocess.run(
            [shop.python, "-m", "dev.chrome"], input=json.dumps(spec), text=True, env=shop.env, cwd=ROOT, check=False
        )
    return done.returncode


def _one(options):
    try:
        size = [int(part) for part in options.size.split("x")]
    except ValueError as error:
        raise Failure("--size is WIDTHxHEIGHT, such as 1280x800.") from error
    out = Path(options.out)
    if out.suffix != ".png":
        out = out / "shot.png"
    return [
        {
            "login": options.user,
            "url": options.url,
            "size": size,
            "scale": options.scale,
            "out": str(out.resolve()),
            "actions": options.actions or [],
        }
    ]


def _listed(options, shop):
    unknown = set(options.names) - {shot[0] for shot in SHOTS}
    if unknown:
        raise Failure(
            f"No such screen: {', '.join(sorted(unknown))}. There are: {', '.join(shot[0] for shot in SHOTS)}."
        )
    logins = {"admin": "admin", **demo_data.logins(shop, options.db)}
    folder = Path(options.out).resolve()
    chosen = [shot for shot in SHOTS if not options.names or shot[0] in options.names]
    say(f"{len(chosen)} pictures into {folder}")
    return [
        {
            "login": logins.get(role, role),
            "url": url,
            "size": size,
            "scale": options.scale,
            "out": str(folder / f"{name}.png"),
            "wait": wait,
            "actions": actions,
        }
        for name, role, url, size, wait, actions in chosen
    ]
