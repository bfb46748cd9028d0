"""Tencent Cloud SMS through its official SDK (tencentcloud-sdk-python-sms).

Our reference travels as SessionContext; delivery reports, and answers to questions about a
number, bring it back. Only what an operator has reported can be asked for, a week at most.
"""

from datetime import datetime, time, timedelta, timezone

from .base import Answer, OneByOne
from .errors import is_account, read_error, read_limit

LATER = ("LimitExceeded", "InternalError.Timeout", "RequestLimitExceeded")
UNCLEAR = ("InternalError",)
STATES = {"SUCCESS": "delivered", "FAIL": "failed"}
MOST = 100  # texts to one number that one question tells about


class Tencent(OneByOne):
    can_ask = True
    package = "tencentcloud-sdk-python-sms"
    longest_value = 12

    def _client(self):
        from tencentcloud.common.credential import Credential
        from tencentcloud.common.profile.client_profile import ClientProfile
        from tencentcloud.common.profile.http_profile import HttpProfile
        from tencentcloud.sms.v20210111.sms_client import SmsClient

        address = self.settings.endpoint or "https://sms.tencentcloudapi.com"
        scheme, _sep, host = address.rstrip("/").rpartition("://")
        http = HttpProfile(protocol=scheme or "https", endpoint=host, reqTimeout=self.settings.timeout, keepAlive=False)
        return SmsClient(
            Credential(self.settings.user, self.settings.secret),
            self.settings.region or "ap-guangzhou",
            ClientProfile(httpProfile=http),
        )

    def _send_one(self, client, message):
        try:
            status = client.SendSms(self._request(message)).SendStatusSet[0]
        except Exception as error:
            return self._read_error(error)
        if status.Code == "Ok":
            return Answer("accepted", provider_reference=status.SerialNo or "", code="Ok")
        code = str(status.Code or "")
        if limit := read_limit(code, status.Message):
            return limit
        whole = is_account(code)
        later = whole or code.startswith(LATER)
        return Answer("later" if later else "refused", code=code, text=status.Message or "", whole=whole)

    def _request(self, message):
        from tencentcloud.sms.v20210111.models import SendSmsRequest

        request = SendSmsRequest()
        request.SmsSdkAppId = self.settings.app
        request.SignName = message.signature
        request.TemplateId = message.template
        request.TemplateParamSet = [str(value) for _name, value in message.params]
        request.PhoneNumberSet = [message.number]
        request.SessionContext = message.reference
        return request

    def _read_error(self, error):
        """An error that the service itself names was answered: nothing was sent."""
        answer = read_error(error)
        answered = getattr(error, "requestId", None) and not answer.code.startswith(UNCLEAR)
        if answer.state == "unknown" and answered:
            return Answer("refused", code=answer.code, text=answer.text)
        return answer

    def ask(self, reference, number, day):
        try:
            found = self._client().PullSmsSendStatusByPhoneNumber(self._question(number, day))
        except Exception:
            return None
        for status in found.PullSmsSendStatusSet or []:
            if status.SessionContext == reference and status.ReportStatus in STATES:
                code = status.Description or ""
                return Answer(STATES[status.ReportStatus], provider_reference=status.SerialNo or "", code=code)
        return None

    def _question(self, number, day):
        from tencentcloud.sms.v20210111.models import PullSmsSendStatusByPhoneNumberRequest

        midnight = datetime.combine(day, time(), timezone.utc)  # a day more on either side: any zone
        request = PullSmsSendStatusByPhoneNumberRequest()
        request.BeginTime = int((midnight - timedelta(days=1)).timestamp())
        request.EndTime = int((midnight + timedelta(days=2)).timestamp())
        request.Offset, request.Limit = 0, MOST
        request.PhoneNumber = number
        request.SmsSdkAppId = self.settings.app
        return request
