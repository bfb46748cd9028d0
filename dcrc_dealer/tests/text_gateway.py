"""A provider of text messages on this machine, for tests and trials: `with Gateway() as gateway:`.

It speaks the protocols of the HTTP gateway, Aliyun and Tencent Cloud, keeps a log of every message it
took (`gateway.log`: reference, number, text) and behaves as `gateway.mode` says.

Alone, from the command line: ``python text_gateway.py PORT LOGFILE`` (every tenth number is refused).
"""

import hashlib
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SECRET = "gateway-secret"
ALIYUN = {
    "ok": (200, {"Code": "OK", "BizId": "biz-1", "Message": "OK", "RequestId": "r"}),
    "refuse": (200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "illegal", "RequestId": "r"}),
    "throttle": (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "limit", "RequestId": "r"}),
    "account": (404, {"Code": "InvalidAccessKeyId.NotFound", "Message": "no key", "RequestId": "r"}),
}
TENCENT_ERROR = {
    "refuse": "InvalidParameterValue.IncorrectPhoneNumber",
    "throttle": "LimitExceeded.PhoneNumberDailyLimit",
}


class Gateway:
    """``mode``: ok, refuse, throttle, account, garbage, error, slow (no answer in time), cut (took the
    message, then the line broke), deaf (the line broke before it took anything)."""

    def __init__(self, port=0, log_file=None):
        self.mode, self.log, self.requests, self.log_file = "ok", [], [], log_file
        self.refuse_every, self.delay = 0, 0.0
        handler = type("BoundHandler", (Handler,), {"gateway": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.server.handle_error = lambda *_args: None  # a killed client is part of the trial
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self.lock = threading.Lock()

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()

    def take(self, reference, number, text):
        """Log a message that goes out."""
        with self.lock:
            self.log.append((reference, number, text))
            if self.log_file:
                with open(self.log_file, "a", encoding="utf-8") as handle:
                    handle.write(f"{reference} {number}\n")

    def numbers(self):
        """Every number a message went to, as often as it did."""
        return [number for _reference, number, _text in self.log]

    def has(self, reference):
        return any(entry[0] == reference for entry in self.log)

    def refuses(self, number):
        return self.mode == "refuse" or self.refuse_every and int(number[-6:]) % self.refuse_every == 0


class Handler(BaseHTTPRequestHandler):
    gateway = None
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.gateway.requests.append(content)
        mode = self.gateway.mode
        if self.gateway.delay:
            time.sleep(self.gateway.delay)
        if mode == "deaf":
            return self._break_off()
        if "X-TC-Action" in self.headers:
            answer = self._tencent(self.headers["X-TC-Action"], json.loads(content))
        elif "x-acs-action" in self.headers:
            answer = self._aliyun(parse_qs(urlsplit(self.path).query))
        else:
            answer = self._http(content)
        if mode == "slow":
            time.sleep(0.8)
        if mode in ("slow", "cut"):
            return self._break_off()
        if mode == "garbage":
            return self._reply(200, b"<html>sorry</html>")
        if mode == "error":
            return self._reply(500, b"{}")
        return self._reply(answer[0], json.dumps(answer[1]).encode(), *answer[2:])

    def do_GET(self):
        query = urlsplit(self.path).query
        signature = hmac.new(SECRET.encode(), query.encode(), hashlib.sha256).hexdigest()
        if self.headers.get("X-Signature") != signature:
            return self._reply(403, b"{}")
        reference = parse_qs(query)["reference"][0]
        state = "accepted" if self.gateway.has(reference) else "none"
        return self._reply(200, json.dumps({"state": state, "id": "q-1"}).encode())

    def _http(self, content):
        signature = hmac.new(SECRET.encode(), content, hashlib.sha256).hexdigest()
        if self.headers.get("X-Signature") != signature:
            return 403, {}
        if self.gateway.mode == "throttle":
            return 429, {}, ("Retry-After", "7")
        if self.gateway.mode == "account":
            return 401, {}
        return 200, {"results": [self._take(message) for message in json.loads(content)["messages"]]}

    def _take(self, message):
        reference = message["reference"]
        if self.gateway.refuses(message["number"]):
            return {"reference": reference, "code": "bad_number", "text": "no such number"}
        self.gateway.take(reference, message["number"], message["text"])
        return {"reference": reference, "code": "ok", "id": f"g-{reference[:8]}"}

    def _aliyun(self, query):
        if self.headers["x-acs-action"] == "QuerySendDetails":
            details = [
                {"OutId": reference, "SendStatus": 3, "ErrCode": "DELIVERED", "PhoneNum": number}
                for reference, number, _text in self.gateway.log
            ]
            found = {"SmsSendDetailDTO": details}
            return 200, {"Code": "OK", "SmsSendDetailDTOs": found, "TotalCount": len(details)}
        if self.gateway.mode in ("ok", "slow", "cut", "garbage", "error"):
            self.gateway.take(query["OutId"][0], query["PhoneNumbers"][0], query["TemplateParam"][0])
        return ALIYUN.get(self.gateway.mode, ALIYUN["ok"])

    def _tencent(self, action, request):
        mode = self.gateway.mode
        if action == "PullSmsSendStatusByPhoneNumber":
            return 200, {"Response": {"PullSmsSendStatusSet": self._tencent_told(request), "RequestId": "r"}}
        if mode == "account":
            error = {"Code": "AuthFailure.SecretIdNotFound", "Message": "no key"}
            return 200, {"Response": {"Error": error, "RequestId": "r"}}
        status = {"Code": TENCENT_ERROR.get(mode, "Ok"), "Message": mode, "SerialNo": "serial-1", "Fee": 1}
        if mode not in TENCENT_ERROR:
            self.gateway.take(request["SessionContext"], request["PhoneNumberSet"][0], request["TemplateParamSet"])
        return 200, {"Response": {"SendStatusSet": [status], "RequestId": "r"}}

    def _tencent_told(self, request):
        """What the operator has reported about a number: the last text failed, the ones before came."""
        told = [entry for entry in self.gateway.log if entry[1] == request["PhoneNumber"]]
        return [
            {
                "SessionContext": reference,
                "ReportStatus": "SUCCESS" if place else "FAIL",
                "SerialNo": "serial-1",
                "PhoneNumber": number,
                "Description": "DELIVRD" if place else "MK:0012",
            }
            for place, (reference, number, _text) in enumerate(reversed(told))
        ]

    def _reply(self, status, content, *headers):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _break_off(self):
        self.close_connection = True

    def log_message(self, *_args):
        pass


if __name__ == "__main__":
    with Gateway(int(sys.argv[1]), sys.argv[2]) as alone:
        alone.refuse_every = 10
        threading.Event().wait()
