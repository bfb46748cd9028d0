"""Aliyun Short Message Service through its official SDK (alibabacloud_dysmsapi20170525).

Our reference travels as OutId, by which delivery reports and questions name it.
"""

import json

from .base import Answer, OneByOne, national
from .errors import is_account, read_error, read_limit

LATER = ("isv.BUSINESS_LIMIT_CONTROL", "isp.SYSTEM_ERROR", "Throttling")
STATES = {1: "accepted", 2: "failed", 3: "delivered"}


class Aliyun(OneByOne):
    can_ask = True
    package = "alibabacloud_dysmsapi20170525"
    longest_value = 35

    def _client(self):
        from alibabacloud_dysmsapi20170525.client import Client
        from alibabacloud_tea_openapi.utils_models import Config

        address = self.settings.endpoint or "https://dysmsapi.aliyuncs.com"
        scheme, _sep, host = address.rstrip("/").rpartition("://")
        milliseconds = int(self.settings.timeout * 1000)
        return Client(
            Config(
                access_key_id=self.settings.user,
                access_key_secret=self.settings.secret,
                endpoint=host,
                protocol=scheme or "https",
                region_id=self.settings.region or "cn-hangzhou",
                read_timeout=milliseconds,
                connect_timeout=milliseconds,
            )
        )

    def _send_one(self, client, message):
        from alibabacloud_dysmsapi20170525.models import SendSmsRequest
        from darabonba.runtime import RuntimeOptions

        request = SendSmsRequest(
            phone_numbers=national(message.number),
            sign_name=message.signature,
            template_code=message.template,
            template_param=json.dumps(dict(message.params), ensure_ascii=False),
            out_id=message.reference,
        )
        try:
            # The SDK would repeat a request whose result nobody knows.
            body = client.send_sms_with_options(request, RuntimeOptions(autoretry=False, max_attempts=1)).body
        except Exception as error:
            return read_error(error)
        if body is None or not body.code:
            return Answer("unknown", code="not_understood", whole=True)
        if body.code == "OK":
            return Answer("accepted", provider_reference=body.biz_id or "", code="OK")
        if limit := read_limit(body.code, body.message):
            return limit
        whole = is_account(body.code)
        later = whole or body.code.startswith(LATER)
        return Answer("later" if later else "refused", code=body.code, text=body.message or "", whole=whole)

    def ask(self, reference, number, day):
        try:
            body = self._query(number, day)
        except Exception:
            return None
        details = body.sms_send_detail_dtos and body.sms_send_detail_dtos.sms_send_detail_dto or []
        for detail in details:
            if detail.out_id == reference:
                return Answer(STATES.get(detail.send_status, "unknown"), code=detail.err_code or "")
        return None

    def _query(self, number, day):
        from alibabacloud_dysmsapi20170525.models import QuerySendDetailsRequest

        request = QuerySendDetailsRequest(
            phone_number=national(number), send_date=f"{day:%Y%m%d}", page_size=50, current_page=1
        )
        return self._client().query_send_details(request).body
