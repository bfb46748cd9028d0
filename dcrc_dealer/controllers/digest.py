"""A department answers the problems of the day by its link, without a login (FUP-7).

Who holds the link holds its token: it shows this one digest, without any number, and takes answers. GET
changes nothing. The token is all the authority there is (no cookie), hence no CSRF token.
"""

from odoo import http
from odoo.http import request

from . import guard

URL = "/dcrc/digest/<string:token>"
OPTIONS = {"type": "http", "auth": "public", "save_session": False}
LONGEST = 4000  # characters of an answer
LONGEST_NAME = 60


class DigestLink(http.Controller):
    """The page behind the link."""

    @http.route(URL, methods=["GET"], **OPTIONS)
    def show(self, token, **_kwargs):
        """The digest, with a field for each problem that has no answer yet."""
        return guard.wait_for(token=token) or self._page(self._find(token))

    @http.route(f"{URL}/answer", methods=["POST"], csrf=False, **OPTIONS)
    def answer(self, token, name=None, **values):
        """Take the answers."""
        if refused := guard.wait_for(token=token):
            return refused
        digest = self._find(token)
        if not digest:
            return self._page(digest)
        name = (name or "").strip()[:LONGEST_NAME]
        if not name:
            return self._page(digest, request.env._("Please write your name."))
        answers = {
            int(key[5:]): text[:LONGEST]
            for key, text in values.items()
            if key.startswith("line_") and key[5:].isascii() and key[5:].isdigit() and len(key) < 15
        }
        taken = digest._link_answer(answers, name)
        thanks = request.env._("Thank you: the customer center has your answer.")
        return self._page(digest, thanks if taken else request.env._("Nothing was written yet."))

    def _find(self, token):
        digest = request.env["dcrc.digest"]._get_by_token(token)
        if not digest:
            return digest
        request.update_context(lang=digest._link_lang())
        return digest.with_company(digest.company_id).with_context(lang=digest._link_lang())

    def _page(self, digest, message=None):
        if not digest:
            guard.note_guess()
            lang = request.env["dcrc.digest"].sudo()._link_default_lang()
            return self._render("dcrc_dealer.digest_gone", {}, lang, 404)
        return self._render("dcrc_dealer.digest_page", digest._get_link_page(message), digest.env.context["lang"])

    def _render(self, template, values, lang, status=200):
        qweb = request.env["ir.qweb"].sudo().with_context(lang=lang)
        html = qweb._render(template, {**values, "lang": lang.replace("_", "-")})
        headers = guard.headers("text/html; charset=utf-8", guard.FORMS)
        return request.make_response(f"<!DOCTYPE html>{html}", headers=headers, status=status)
