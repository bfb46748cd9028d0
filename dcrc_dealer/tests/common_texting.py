"""What the tests of the texting room share."""

from unittest.mock import patch

from odoo.tests.common import _super_send

from .common import DcrcCase
from .text_gateway import SECRET, Gateway


def real_requests():
    """Requests as they are: Odoo's tests lengthen every time-out, which hides what is tried here."""
    return patch("requests.Session.send", _super_send)


class TextingCase(DcrcCase):
    """A dealer that sends through a gateway on this machine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sender = cls.env["dcrc.text.sender"]
        cls.account = cls.env["dcrc.text.account"]._get_for(cls.dealer)
        cls.template = cls.env["sms.template"].create(
            {
                "name": "冬季检测",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "body": "{customer}，冬季免费检测邀您到店。",
                "dcrc_company_id": cls.dealer.id,
                "dcrc_provider_code": "SMS_1",
                "dcrc_param_names": "name=customer",
            }
        )

    def setUp(self):
        super().setUp()
        self.gateway = self.enterContext(Gateway())
        self.enterContext(real_requests())
        # a gateway of this machine: the administrator has to allow it
        self.env["ir.config_parameter"].set_param("dcrc_dealer.gateway_hosts", "127.0.0.1:*")
        self.account.write({"provider": "http", "endpoint": self.gateway.url, "secret": SECRET, "signature": "渝州"})

    def _queue(self, partner=None, body="您好", purpose="marketing", **vals):
        partner = partner or self._create_customer()
        company = partner.company_id
        vals = {
            "partner_id": partner.id,
            "number": partner.dcrc_phone_ids[:1].number,
            "body": body,
            "dcrc_purpose": purpose,
            **vals,
        }
        return self.env["sms.sms"]._dcrc_queue(company, [vals])

    def _run(self):
        """Let the scheduled action work, commits included."""
        with self.enter_registry_test_mode():
            self.env.ref("dcrc_dealer.ir_cron_text_queue").method_direct_trigger()
        self.env.invalidate_all()

    def _create_campaign(self, **vals):
        return self.env["dcrc.text.campaign"].create(
            {"name": "冬季检测", "company_id": self.dealer.id, "template_id": self.template.id, **vals}
        )

    def _wish(self, partner, **vals):
        reason = self.env.ref("dcrc_dealer.reason_dnc_asked")
        return self.env["dcrc.do.not.contact"].create(
            {"partner_id": partner.id, "reason_id": reason.id, "channel": "sms", **vals}
        )
