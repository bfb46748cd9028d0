"""What providers of text messages tell us: delivery reports and customers' answers (SMS-1).

The address holds an unguessable token. A gateway also signs the body; Aliyun and Tencent Cloud
can't, for them the token is the protection. Whoever may not speak learns nothing but "no".
"""

import json

from odoo import http
from odoo.http import request

from odoo.addons.sms.controllers.main import SmsController

from ..models.texting.ir_http import LARGEST
from ..tools.texting import read_incoming, read_reports
from . import guard

OPTIONS = {"type": "http", "auth": "public", "methods": ["POST"], "csrf": False, "save_session": False}
# What each provider takes for "understood".
DONE = {"code": 0, "msg": "OK", "result": 0, "errmsg": "OK"}


class Texting(http.Controller):
    """The addresses in the settings of a dealer's account."""

    @http.route("/dcrc/texts/<string:token>/report", **OPTIONS)
    def report(self, token, **_kwargs):
        """Delivery reports."""
        return self._take(token, read_reports, "_take_reports")

    @http.route("/dcrc/texts/<string:token>/incoming", **OPTIONS)
    def incoming(self, token, **_kwargs):
        """Texts that customers sent."""
        return self._take(token, read_incoming, "_take_incoming")

    def _take(self, token, read, method):
        if refused := guard.wait_for(callback=token):
            return refused
        if (request.httprequest.content_length or 0) > LARGEST:
            return self._answer({"code": 413}, 413)
        content = request.httprequest.get_data()
        signature = request.httprequest.headers.get("X-Signature")
        account = request.env["dcrc.text.account"]._find_caller(token, content, signature)
        if not account:
            guard.note_guess()
            return self._answer({"code": 403}, 403)
        try:
            entries = read(content)
        except ValueError:
            return self._answer({"code": 400}, 400)
        getattr(account.with_company(account.company_id), method)(entries)
        return self._answer(DONE, 200)

    def _answer(self, data, status):
        return request.make_response(json.dumps(data), headers=guard.headers("application/json"), status=status)


class OdooReports(SmsController):
    """Odoo's own provider reports here; dealers' texts are kept with what became of them."""

    @http.route()
    def update_sms_status(self, message_statuses):
        result = super().update_sms_status(message_statuses)
        request.env["dcrc.text.account"].sudo()._take_odoo_reports(message_statuses)
        return result
