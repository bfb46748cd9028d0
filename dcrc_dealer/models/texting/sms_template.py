import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

RUN = re.compile(r"\{\{.*?\}\}")


class SmsTemplate(models.Model):
    """A dealer's own wording, and the id under which its provider approved it (SMS-1).

    A dealer's template is filled in (``{customer}``), never run: managers write it.
    """

    _inherit = "sms.template"

    dcrc_company_id = fields.Many2one("res.company", "Dealer", index=True)
    dcrc_purpose = fields.Selection(
        [("care", "Service and care"), ("marketing", "Marketing")],
        "Purpose",
        default="marketing",
        help="Marketing texts end with the opt-out wording and respect opt-outs.",
    )
    dcrc_provider_code = fields.Char(
        "Approved template", help="Its id at the provider. Aliyun and Tencent Cloud send nothing without it."
    )
    dcrc_param_names = fields.Char(
        "Fields of the approved template",
        help="In its order, separated by commas: customer, plate. Where the provider calls a field"
        " otherwise: name=customer, car=plate.",
    )
    dcrc_lengths = fields.Char("Length", compute="_compute_dcrc_lengths")
    dcrc_parts = fields.Integer("Parts charged", compute="_compute_dcrc_lengths")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("dcrc_own"):
            own = {"dcrc_company_id": self.env.company.id, "model_id": self.env["ir.model"]._get_id("res.partner")}
            values.update({name: value for name, value in own.items() if name in fields})
        return values

    @api.depends("body", "dcrc_company_id", "dcrc_purpose", "dcrc_opts_out")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_dcrc_lengths(self):
        langs = self.env["res.lang"].get_installed()
        for template in self:
            company = template.dcrc_company_id or self.env.company
            account = self.env["dcrc.text.account"].sudo().search([("company_id", "=", company.id)], limit=1)
            counted = [(name.split(" / ")[-1], *template._dcrc_count(account, company, code)) for code, name in langs]
            template.dcrc_parts = max(parts for _name, _length, parts in counted)
            template.dcrc_lengths = "; ".join(
                self.env._(
                    "%(language)s: about %(length)s characters, %(parts)s parts",
                    language=name,
                    length=length,
                    parts=parts,
                )
                for name, length, parts in counted
            )

    @api.constrains("body", "dcrc_short_body", "lang", "dcrc_company_id", "dcrc_param_names")
    def _check_dcrc_plain(self):
        for template in self.filtered("dcrc_company_id"):
            template._dcrc_check_words()

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._dcrc_check_dealer()
        return templates

    def write(self, vals):
        result = super().write(vals)
        if "dcrc_company_id" in vals:
            self._dcrc_check_dealer()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_dcrc_except_in_use(self):
        """What was sent with it stays readable: who was told what, and in which words."""
        ours = self.filtered("dcrc_company_id")
        campaign = self.env["dcrc.text.campaign"].sudo().search([("template_id", "in", ours.ids)], limit=1)
        rule = (
            self.env["dcrc.followup.rule"]
            .sudo()
            .with_context(active_test=False)
            .search([("sms_template_id", "in", ours.ids)], limit=1)
        )
        for user in filter(None, (campaign, rule)):
            raise UserError(
                self.env._(
                    "This template is used by “%(name)s”: write another one, and keep this.", name=user.display_name
                )
            )

    def _dcrc_check_dealer(self):
        """Managers keep templates of their dealers (constraints run as root and can't tell)."""
        if self.env.su or self.env.user.has_group("base.group_system"):
            return
        if any(template.dcrc_company_id not in self.env.companies for template in self):
            raise ValidationError(self.env._("Choose the dealer that this template belongs to."))

    def _dcrc_check_words(self):
        bodies = [body for code, _name in self.env["res.lang"].get_installed() for body in self._dcrc_bodies(code)]
        if any("{{" in text for text in [*bodies, self.lang or ""]):
            raise ValidationError(
                self.env._("Write fields in single braces: {customer}, {plate}. Double braces are not allowed here.")
            )
        self.env["dcrc.placeholder"]._check(bodies, [ours for _theirs, ours in self._dcrc_param_pairs()])

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        result = super()._update_field_translations(field_name, translations, digest, source_lang)
        self._check_dcrc_plain()
        return result

    def _dcrc_count(self, account, company, lang):
        body = self.with_context(lang=lang).body if isinstance(self.id, int) else self.body
        words = self.env["dcrc.placeholder"]
        samples = {**words._samples(), "dealer": company.name, "company": company.name}
        text = words._fill(RUN.sub("12345678", body or ""), samples)
        return account._compose(text, self.dcrc_purpose, self.dcrc_opts_out)[1:]

    def _dcrc_param_pairs(self):
        """The approved template's fields: ``[(their name, our word)]``."""
        pairs = []
        for part in re.split(r"[,，;；]", self.dcrc_param_names or ""):
            theirs, _sep, ours = part.strip().partition("=")
            if theirs.strip():
                pairs.append((theirs.strip(), (ours or theirs).strip()))
        return pairs
