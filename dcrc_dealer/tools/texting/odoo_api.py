"""Odoo's own provider of text messages (or one that an add-on put in its place).

Unlike Odoo's queue we commit before we ask it, so that a text is never sent twice.
"""

from .base import Adapter, Answer

GOOD = ("processing", "success", "sent", "delivered")
ACCOUNT = ("insufficient_credit", "unregistered")


class OdooApi(Adapter):
    """``api`` is an SmsApi object; ``report_url`` where it reports deliveries."""

    batch = 100

    def __init__(self, settings, api, report_url):
        super().__init__(settings)
        self.api, self.report_url = api, report_url

    def send(self, messages):
        numbers = {}
        for message in messages:
            entry = {"number": message.number, "uuid": message.reference}
            numbers.setdefault(message.body, []).append(entry)
        request = [{"content": body, "numbers": entries} for body, entries in numbers.items()]
        try:
            results = self.api._send_sms_batch(request, delivery_reports_url=self.report_url)
        except Exception as error:
            trouble = Answer("unknown", code=type(error).__name__, text=str(error)[:200], whole=True)
            return {message.reference: trouble for message in messages}
        return {result["uuid"]: read_result(result) for result in results}


def read_result(result):
    """One entry of the provider's answer."""
    state = result.get("state") or ""
    if state in GOOD:
        return Answer("accepted", code=state)
    text = str(result.get("failure_reason") or "")
    if state in ACCOUNT:
        return Answer("later", code=state, text=text, wait=600, whole=True)
    if state == "server_error":
        return Answer("unknown", code=state, text=text, whole=True)
    return Answer("refused", code=state, text=text)
