"""A generic HTTP gateway.

Request: ``POST endpoint`` with the JSON body
``{"user", "time", "messages": [{"reference", "number", "text", "template", "params"}]}``
and the header ``X-Signature``: HMAC-SHA256 of the body with the secret, in hex.
Answer: ``{"results": [{"reference", "code", "id", "text"}]}``; code ``ok`` means accepted,
``busy`` try again, anything else refused.
Question: ``GET endpoint?reference=…&time=…`` signed over its query; it answers
``{"state": "accepted"|"delivered"|"failed"|"none", "id"}``.
Reports on a long text may be about one part of it: ``{"reference", "state", "part": 1, "parts": 2}``.
"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import requests

from ..net import NotAllowed, guarded_session
from .base import Adapter, Answer


def sign(secret, content):
    """HMAC-SHA256 of `content` (bytes) in hex."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()


class HttpGateway(Adapter):
    batch = 100
    can_ask = True

    def send(self, messages):
        content = json.dumps(
            {
                "user": self.settings.user,
                "time": int(time.time()),
                "messages": [
                    {
                        "reference": message.reference,
                        "number": message.number,
                        "text": message.body,
                        "template": message.template,
                        "params": dict(message.params),
                    }
                    for message in messages
                ],
            },
            ensure_ascii=False,
        ).encode()
        answer = self._post(content)
        if isinstance(answer, Answer):
            return {message.reference: answer for message in messages}
        results = {result.get("reference"): result for result in answer if isinstance(result, dict)}
        return {message.reference: self._read(results.get(message.reference)) for message in messages}

    def _post(self, content):
        """Return the list of results, or one Answer for all of them."""
        headers = {"Content-Type": "application/json", "X-Signature": sign(self.settings.secret, content)}
        try:
            # A redirect is not followed: it would carry the customers' numbers elsewhere.
            response = guarded_session(self.settings.allowed).post(
                self.settings.endpoint,
                data=content,
                headers=headers,
                timeout=self.settings.timeout,
                allow_redirects=False,
            )
        except (
            requests.exceptions.InvalidURL,
            requests.exceptions.MissingSchema,
            requests.exceptions.InvalidSchema,
        ) as error:
            return Answer("later", code="settings", text=str(error)[:200], wait=600, whole=True)
        except NotAllowed:
            return Answer("later", code="not_allowed", whole=True)
        except requests.exceptions.ConnectTimeout:
            return Answer("later", code="no_connection", whole=True)
        except requests.exceptions.ConnectionError as error:
            # Refused or not found: nothing went out. Cut off in the middle: nobody knows.
            refused = "NewConnectionError" in repr(error) or "NameResolution" in repr(error)
            return Answer("later" if refused else "unknown", code="no_connection", whole=True)
        except requests.exceptions.RequestException as error:
            return Answer("unknown", code=type(error).__name__, whole=True)
        return self._read_response(response)

    def _read_response(self, response):
        status = response.status_code
        if status in (429, 503):
            wait = response.headers.get("Retry-After", "")
            wait = min(float(wait), 3600.0) if wait.isdigit() else 60.0
            return Answer("later", code="throttled", wait=wait, whole=True)
        if 300 <= status < 500:
            # It did not take the request: a wrong key or address, not the recipients' fault.
            return Answer("later", code=f"http_{status}", whole=True)
        if not response.ok:
            return Answer("unknown", code=f"http_{status}", whole=True)
        try:
            results = response.json()["results"]
        except (ValueError, KeyError, TypeError):
            results = None
        return results if isinstance(results, list) else Answer("unknown", code="not_understood", whole=True)

    def _read(self, result):
        if not result:
            return Answer("unknown", code="no_result")
        states = {"ok": "accepted", "busy": "later"}
        return Answer(
            states.get(result.get("code"), "refused"),
            provider_reference=str(result.get("id") or ""),
            code=str(result.get("code") or ""),
            text=str(result.get("text") or ""),
        )

    def ask(self, reference, number, day):
        query = urlencode({"reference": reference, "time": int(time.time())})
        try:
            response = guarded_session(self.settings.allowed).get(
                f"{self.settings.endpoint}?{query}",
                headers={"X-Signature": sign(self.settings.secret, query.encode())},
                timeout=self.settings.timeout,
                allow_redirects=False,
            )
            found = response.json() if response.ok else {}
        except (requests.exceptions.RequestException, ValueError):
            return None
        if not isinstance(found, dict):
            return None
        state = found.get("state")
        if state == "none":
            return Answer("later", code="not_received", wait=0)
        if state in ("accepted", "delivered", "failed"):
            return Answer(state, provider_reference=str(found.get("id") or ""), code=state)
        return None
