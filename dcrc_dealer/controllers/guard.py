"""What all our pages without a login share: limits, who called, and headers.

A page asks `wait_for` before it does anything, and answers 429 when it says so.
"""

from werkzeug.exceptions import TooManyRequests

from odoo.http import request

from ..tools.net import caller, networks

HEADERS = [
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex, nofollow"),
]
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
FORMS = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def headers(content_type, policy=NOTHING):
    """The headers of an answer of ours."""
    return [("Content-Type", content_type), ("Content-Security-Policy", policy), *HEADERS]


def address():
    """Who sent the request: a forwarded address counts only from a trusted proxy.

    Odoo's proxy mode believes whoever sends the headers; here the peer itself has to be named in
    the system parameter `dcrc_dealer.trusted_proxies` (default: this machine).
    """
    environ = request.httprequest.environ
    original = environ.get("werkzeug.proxy_fix.orig") or {}
    peer = original.get("REMOTE_ADDR") or environ.get("REMOTE_ADDR") or ""
    trusted = request.env["ir.config_parameter"].sudo().get_param("dcrc_dealer.trusted_proxies")
    return caller(peer, environ.get("HTTP_X_FORWARDED_FOR"), networks(trusted or "127.0.0.0/8, ::1"))


def wait_for(**keys):
    """Count the request; return an answer "too many" when a limit is passed, else None.

    ``keys``: see `dcrc.web.hit`, besides the address, which always counts.
    """
    who = address()
    hits = request.env["dcrc.web.hit"].sudo()
    wait = 60 if hits._is_over("guess", who) else hits._count_hits({"address": who, **keys})
    return too_many(wait) if wait else None


def note_guess():
    """Count a token that is none: who guesses gets few tries."""
    request.env["dcrc.web.hit"].sudo()._count_hits({"guess": address()})


def too_many(wait):
    """Answer 429 in words; nothing of the page is told."""
    text = request.env._("Too many calls: please try again in a minute.")
    answer_headers = [*headers("text/plain; charset=utf-8"), ("Retry-After", str(wait))]
    return request.make_response(text, headers=answer_headers, status=TooManyRequests.code)
