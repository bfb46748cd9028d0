from odoo import fields, models

WHOLE = ("link", "phone")  # half of it is worse than nothing


class SmsTemplate(models.Model):
    """From a wording to a text: without gaps, and with values as long as the provider takes them."""

    _inherit = "sms.template"

    dcrc_opts_out = fields.Boolean(
        "Says how to refuse", help="It ends with the opt-out wording even where it is no marketing."
    )
    dcrc_short_body = fields.Text(
        "Wording with less", translate=True, help="Taken where the usual wording would have a gap, such as no car."
    )

    def _dcrc_bodies(self, lang=None):
        """The wordings in a language, the usual one first."""
        template = self.with_context(lang=lang) if lang else self
        return [body for body in (template.body, template.dcrc_short_body) if body]

    def _dcrc_fill(self, values, lang=None):
        """The first wording without a gap, filled in; where all have one, the usual one with its gap."""
        words, bodies = self.env["dcrc.placeholder"], self._dcrc_bodies(lang)
        whole = [body for body in bodies if not words._gaps(body, values)]
        return words._fill((whole or bodies or [""])[0], values)

    def _dcrc_gaps(self, values, lang=None):
        """The words for which nothing is known in any wording; empty: the text may go."""
        words = self.env["dcrc.placeholder"]
        gaps = [words._gaps(body, values) for body in self._dcrc_bodies(lang)]
        return min(gaps, key=len, default=[])

    def _dcrc_needs(self, known, lang=None):
        """For each wording, which of the words outside `known` it can't do without."""
        words = self.env["dcrc.placeholder"]
        every = dict.fromkeys(words._samples(), "x")
        return [
            [name for name in every if name not in known and words._gaps(body, {**every, name: ""})]
            for body in self._dcrc_bodies(lang)
        ]

    def _dcrc_params(self, values):
        """Values for the approved template, ``[[their name, value]]``, as long as its provider takes them."""
        most = self._dcrc_longest_value()
        params = []
        for theirs, ours in self._dcrc_param_pairs():
            value = str(values.get(ours) or "")
            if most and len(value) > most and ours not in WHOLE:
                value = f"{value[: most - 1]}…"
            params.append([theirs, value])
        return params

    def _dcrc_longest_value(self):
        """Characters that the dealer's provider takes for one field of a template; 0: no limit."""
        company = self.dcrc_company_id or self.env.company
        account = self.env["dcrc.text.account"]._get_for(company)
        return account._adapter().longest_value if account._needs_template() else 0
