"""The customer's own link: book, move and cancel an appointment without a login (APT-6).

Who holds the link holds its token; nothing else is looked up and nothing else is shown.
GET changes nothing, so that message previews of a phone do no harm. The token is all the
authority there is (no cookie), hence no CSRF token.
"""

import functools

from odoo import http
from odoo.http import request

from . import guard

URL = "/dcrc/appointment/<string:token>"


def limited(page):
    """A page that counts who calls it, before anything is looked up."""

    @functools.wraps(page)
    def counted(self, token, **kwargs):
        return guard.wait_for(token=token) or page(self, token, **kwargs)

    return counted


class AppointmentLink(http.Controller):
    """Pages behind the link."""

    @http.route(URL, type="http", auth="public", methods=["GET"], save_session=False)
    @limited
    def show(self, token, choose=None, ask=None, day=None, kind=None, **_kwargs):
        """The appointment, or the times to choose from."""
        appointment = self._find(token)
        if not appointment:
            return self._gone()
        return self._page(appointment, choose=choose, ask=ask, day=day, kind=kind)

    @http.route(f"{URL}/book", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    @limited
    def book(self, token, start=None, kind=None, **_kwargs):
        """Book, or move to, a time."""
        appointment = self._find(token)
        if not appointment:
            return self._gone()
        appointment._link_choose_kind(kind)
        done, message, alternatives = appointment._link_book(start)
        return self._page(
            appointment, done=done, message=message, alternatives=alternatives, choose=None if done else "1"
        )

    @http.route(f"{URL}/cancel", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    @limited
    def cancel(self, token, **_kwargs):
        """Cancel the appointment."""
        appointment = self._find(token)
        if not appointment:
            return self._gone()
        done, message = appointment._link_cancel()
        return self._page(appointment, done=done, message=message)

    @http.route(f"{URL}/decline", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    @limited
    def decline(self, token, **_kwargs):
        """Leave an offered place to others."""
        appointment = self._find(token)
        if not appointment:
            return self._gone()
        done, message = appointment._link_decline()
        return self._page(appointment, done=done, message=message)

    def _find(self, token):
        appointment = request.env["dcrc.appointment"]._get_by_token(token)
        if not appointment:
            return appointment
        return appointment.with_company(appointment.company_id).with_context(
            lang=appointment._link_lang(), tz=appointment.company_id._dcrc_tz()
        )

    def _gone(self):
        guard.note_guess()
        model = request.env["dcrc.appointment"].sudo()
        lang = model._link_default_lang()
        return self._render("dcrc_dealer.appointment_link_gone", {}, lang, status=404)

    def _page(self, appointment, **options):
        values = appointment._get_link_page(**options)
        return self._render("dcrc_dealer.appointment_link_page", values, appointment.env.context["lang"])

    def _render(self, template, values, lang, status=200):
        qweb = request.env["ir.qweb"].sudo().with_context(lang=lang)
        html = qweb._render(template, {**values, "lang": lang.replace("_", "-")})
        headers = guard.headers("text/html; charset=utf-8", guard.FORMS)
        return request.make_response(f"<!DOCTYPE html>{html}", headers=headers, status=status)
