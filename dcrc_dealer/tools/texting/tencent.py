"""Tencent Cloud SMS through its official SDK (tencentcloud-sdk-python-sms).

Our reference travels as SessionContext; delivery reports bring it back.
"""

from .base import Answer, OneByOne
from .errors import is_account, read_error

LATER = ("LimitExceeded", "InternalError.Timeout", "RequestLimitExceeded")
UNCLEAR = ("InternalError",)


class Tencent(OneByOne):
    package = "tencentcloud-sdk-python-sms"

    def _client(self):
        from tencentcloud.common.credential import Credential
        from tencentcloud.common.profile.client_profile import ClientProfile
        from tencentcloud.common.profile.http_profile import HttpProfile
        from tencentcloud.sms.v20210111.sms_client import SmsClient

        address = self.settings.endpoint or "https://sms.tencentcloudapi.com"
        scheme, _sep, host = address.rstrip("/").rpartition("://")
        http = HttpProfile(
            protocol=scheme or "https", endpoint=host, reqTimeout=self.settings.timeout, keepAlive=False
        )
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
