import secrets
from datetime import timedelta
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.urls import urljoin

from ...tools.net import PORTS, is_named, looks_inside
from ...tools.texting import NEXT_DAY, OdooApi, Settings, make_adapter

PROVIDERS = [
    ("record", "Record only (nothing is sent)"),
    ("aliyun", "Aliyun"),
    ("tencent", "Tencent Cloud"),
    ("http", "HTTP gateway"),
    ("odoo", "Odoo"),
]
SIGNS_ITSELF = ("aliyun", "tencent")
PROVIDER_HOSTS = {"aliyun": ".aliyuncs.com", "tencent": ".tencentcloudapi.com"}
LONGEST_WAIT = 3600  # seconds


class TextAccount(models.Model):
    """How a dealer sends text messages: provider, signature, hours, cap, price (handbook SMS-1)."""

    _name = "dcrc.text.account"
    _description = "Text messages of a dealer"
    _rec_name = "company_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    active = fields.Boolean(default=True)
    provider = fields.Selection(PROVIDERS, required=True, default="record")
    endpoint = fields.Char("Address", help="Of the HTTP gateway. Aliyun's and Tencent Cloud's are known.")
    user = fields.Char("Access key", help="Name of the account, AccessKey ID or SecretId.")
    secret = fields.Char("Stored secret key", groups="base.group_system", copy=False)
    secret_input = fields.Char(
        "Secret key",
        compute="_compute_secret_input",
        inverse="_inverse_secret_input",
        help="Type a new key to replace the stored one. It is never shown again.",
    )
    has_secret = fields.Boolean("Secret key is set", compute="_compute_secret_input")
    app = fields.Char("Application", help="SdkAppId of Tencent Cloud.")
    region = fields.Char("Cloud Region")
    # what customers read
    signature = fields.Char(help="Stands in front of each text as 【…】; providers want it registered.")
    provider_signs = fields.Boolean(
        "Provider adds the signature",
        help="Aliyun and Tencent Cloud always do. Tick it for a gateway that does so as well.",
    )
    opt_out_text = fields.Char("Opt-out wording", default="拒收请回复R", help="Ends each marketing text.")
    opt_out_words = fields.Char(
        default="R,TD,T,N,退订,拒收,不要再发,别再发,不再接收,取消订阅,STOP,UNSUBSCRIBE",
        help="Whoever answers with one of these words, separated by commas, gets no more marketing texts;"
        " full width, courtesies and signs beside it don't matter.",
    )
    # when and how many
    hour_from = fields.Float(
        "Send from",
        default=9.0,
        help="In the dealer's time zone. Marketing goes on days that the house is open; service, care and"
        " greetings go every day.",
    )
    hour_to = fields.Float("Until", default=20.5)
    daily_cap = fields.Integer("Most a day", default=5000, help="0: no limit.")
    price = fields.Float("Price per part", default=0.045, digits=(16, 4))
    # trouble
    paused_until = fields.Datetime(readonly=True, copy=False)
    pause_reason = fields.Char(readonly=True, copy=False)
    failures = fields.Integer("Failures in a row", readonly=True, copy=False)

    _one_active = models.UniqueIndex(
        "(company_id) WHERE active", "This dealer already has an account for text messages."
    )
    _hours_in_order = models.Constraint(
        "CHECK (hour_from >= 0 AND hour_to <= 24 AND hour_from < hour_to)",
        "The hour to begin lies before the hour to end, both between 0 and 24.",
    )
    _figures_positive = models.Constraint(
        "CHECK (daily_cap >= 0 AND price >= 0)", "The daily limit and the price cannot be negative."
    )

    def _compute_secret_input(self):
        for account in self:
            account.secret_input = False
            account.has_secret = bool(account.sudo().secret)

    def _inverse_secret_input(self):
        for account in self.filtered("secret_input"):
            account.sudo().secret = account.secret_input

    @api.constrains("provider", "endpoint")
    def _check_endpoint(self):
        for account in self:
            address = account.endpoint or ""
            if account.provider == "http" and not address:
                raise ValidationError(self.env._("Enter the address of the HTTP gateway."))
            if address and not address.startswith(("http://", "https://")):
                raise ValidationError(
                    self.env._("The address starts with https:// (or http:// within the own network).")
                )
            account._check_reachable(address)

    def _check_reachable(self, address):
        """Refuse what is inside the house at first sight; what a name leads to is judged on connecting."""
        try:
            parts = urlsplit(address)
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError as error:
            raise ValidationError(self.env._("The address of the gateway cannot be read.")) from error
        if not address or is_named(parts.hostname, port, self._allowed_hosts()):
            return
        host = (parts.hostname or "").lower()
        own = PROVIDER_HOSTS.get(self.provider)
        if own and not host.endswith(own):
            raise ValidationError(self.env._("This provider's addresses end with %(name)s.", name=own))
        if port not in PORTS or looks_inside(address):
            raise ValidationError(
                self.env._(
                    "This address is inside the own network, or its port is unusual: the administrator"
                    " allows it first (system parameter dcrc_dealer.gateway_hosts)."
                )
            )

    @api.constrains("opt_out_text", "opt_out_words")
    def _check_opt_out(self):
        for account in self:
            if not (account.opt_out_text or "").strip() or not (account.opt_out_words or "").strip():
                raise ValidationError(
                    self.env._(
                        "Marketing texts say how to opt out: enter the opt-out wording and the words that count."
                    )
                )

    def write(self, vals):
        if not {"provider", "endpoint", "user", "secret_input", "app", "region"}.isdisjoint(vals):
            # Whoever changes the settings wants them tried now.
            vals = {**vals, "paused_until": False, "pause_reason": False, "failures": 0}
        may_read = self.env.su or self.env.user.has_group("base.group_system")
        if not vals.get("secret_input") and not may_read:
            # Who cannot read the stored key cannot have it sent to another place either.
            moved = self.filtered(
                lambda a: any(name in vals and a[name] != vals[name] for name in ("provider", "endpoint"))
            )
            moved.sudo().filtered("secret").secret = False
        result = super().write(vals)
        if vals.get("failures", 0) == 0:  # not when it was the sender that paused it
            self.env["dcrc.text.sender"]._wake()
        return result

    def action_resume(self):
        """Button: try the provider again now."""
        self._dcrc_step({"paused_until": False, "pause_reason": False, "failures": 0})

    def action_open_texts(self):
        """Button: the dealer's texts."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.sms_sms_action")
        return {**action, "context": {}}

    @api.model
    def _get_for(self, company):
        """The dealer's account; one that records only where there is none."""
        account = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return account or self.sudo().create({"company_id": company.id, "signature": company.name})

    def _settings(self):
        """What the adapter needs to know."""
        return Settings(
            endpoint=self.endpoint or "",
            user=self.user or "",
            secret=self.sudo().secret or "",
            app=self.app or "",
            region=self.region or "",
            allowed=self._allowed_hosts(),
        )

    @api.model
    def _allowed_hosts(self):
        """Hosts inside the house that the administrator lets texts go to ("host", "host:port", "host:*")."""
        value = self.env["ir.config_parameter"].sudo().get_param("dcrc_dealer.gateway_hosts") or ""
        return tuple(filter(None, (entry.strip() for entry in value.split(","))))

    def _adapter(self):
        """The provider's adapter."""
        if self.provider == "odoo":
            api = self.company_id._get_sms_api_class()(self.env)
            return OdooApi(self._settings(), api, urljoin(self.get_base_url(), "/sms/status"))
        return make_adapter(self.provider, self._settings())

    def _needs_template(self):
        return self.provider in SIGNS_ITSELF

    def _pause(self, answer):
        """Leave the provider alone for a while: longer each time in a row, or until the next day."""
        failures = min(self.failures + 1, 12)
        wait = max(answer.wait, min(LONGEST_WAIT, 60 * 2 ** (failures - 1)))
        until = self._next_day() if answer.wait == NEXT_DAY else fields.Datetime.now() + timedelta(seconds=wait)
        self.sudo().write({"failures": failures, "paused_until": until, "pause_reason": self._say(answer)})

    def _is_silent(self, answer):
        """Whether an address gave no answer of a provider: nothing, or something else listens there."""
        return self.provider == "http" and answer.whole and answer.code not in ("throttled", "settings")

    def _say(self, answer):
        """An Answer's trouble in words."""
        if self._is_silent(answer):
            # One sentence for all: what listens at an address is none of the asker's business.
            return self.env._("the provider does not answer as agreed: check address and key")
        known = {
            "no_connection": self.env._("the provider cannot be reached"),
            "throttled": self.env._("the provider asks for a break"),
            "not_understood": self.env._("the provider's answer cannot be read"),
            "no_result": self.env._("the provider says nothing about this text"),
            "not_received": self.env._("the provider has not received it"),
            "settings": self.env._("the settings cannot be used: %(text)s", text=answer.text),
            "no_sdk": self.env._("install the Python package %(package)s", package=answer.text),
        }
        said = known.get(answer.code) or f"{answer.code} {answer.text}".strip()
        return said or self.env._("no reason given")

    @api.model
    def _new_token(self):
        return secrets.token_urlsafe(32)
