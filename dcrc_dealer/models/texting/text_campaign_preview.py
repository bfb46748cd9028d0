from odoo import api, models
from odoo.tools import SQL


class TextCampaign(models.Model):
    """What customers will read: an example, the longest there will be, and what becomes of gaps."""

    _inherit = "dcrc.text.campaign"

    @api.depends("template_id", "company_id", "purpose", "audience_domain")
    def _compute_preview(self):
        for campaign in self:
            campaign.preview = bool(campaign.template_id) and "\n".join(campaign._get_preview())

    def _get_preview(self):
        """Lines: the example, the longest text, the wording for those with less."""
        example = self._get_example_customer()
        lines = [self._show(self._values(example.sudo()), example)]
        longest = self._get_longest_values()
        if longest:
            shown = self._show(longest, example)
            if shown != lines[0]:
                lines += ["", self.env._("The longest:"), shown]
        short = self.template_id.sudo().with_context(lang=self._lang(example)).dcrc_short_body
        if short:
            less = {**self._get_constants(), "customer": example.sudo()._dcrc_title_name() if example else ""}
            lines += ["", self.env._("Where the car or its plate is not known:"), self._show(less, example)]
        return lines

    def _show(self, values, partner):
        """A text as it is read, with its length."""
        account = self.env["dcrc.text.account"]._get_for(self.company_id)
        text, length, parts = self._compose(values, partner)
        if account.provider_signs or account._needs_template():
            text = f"【{account.signature or ''}】{text}"
        counted = self.env._("%(length)s characters, %(parts)s parts", length=length, parts=parts)
        return f"{text}\n({counted})"

    def _compose(self, values, partner):
        account = self.env["dcrc.text.account"]._get_for(self.company_id)
        template = self.template_id.sudo()
        return account._compose(template._dcrc_fill(values, self._lang(partner)), self.purpose, template.dcrc_opts_out)

    def _get_longest_values(self):
        """The longest of each word in the dealer's file: the worst that a text can come to."""
        query = SQL(
            """SELECT (SELECT p.id FROM res_partner p WHERE p.company_id = %(company)s AND p.dcrc_customer AND p.active
                        ORDER BY LENGTH(p.name) DESC NULLS LAST LIMIT 1),
                      (SELECT v.id FROM fleet_vehicle v JOIN fleet_vehicle_model m ON m.id = v.model_id
                        WHERE v.company_id = %(company)s AND v.dcrc_kind = 'customer' AND v.active
                        ORDER BY LENGTH(m.name) DESC LIMIT 1)""",
            company=self.company_id.id,
        )
        partner_id, car_id = self.env.execute_query(query)[0]
        partner = self.env["res.partner"].sudo().browse(partner_id)
        car = self.env["fleet.vehicle"].sudo().browse(car_id)
        if not partner:
            return {}
        values = {"vehicle": car.model_id.name, "plate": car.license_plate or "渝AD12345"} if car else {}
        return {**self._values(partner), **values}

    def _get_example_customer(self):
        """Some customer of the dealer, of the audience where there is one, whose words stand in the preview."""
        every = [("dcrc_customer", "=", True), ("company_id", "=", self.company_id.id)]
        return self.env["res.partner"].search(every, limit=1)

    def _get_example(self):
        """``(text as handed over, length, parts)`` for an example customer."""
        partner = self._get_example_customer()
        return self._compose(self._values(partner.sudo()), partner)
