from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..foundations.gate import Question


class TextCampaign(models.Model):
    """Whom a campaign reaches, whom it leaves out and why."""

    _inherit = "dcrc.text.campaign"

    @api.depends("audience_domain", "company_id", "purpose", "state")
    def _compute_audience(self):
        reasons = self._get_reasons()
        for campaign in self:
            try:
                counts = campaign._count_audience() if campaign.state == "draft" else campaign.excluded or {}
            except (ValueError, TypeError, SyntaxError, KeyError, UserError, AccessError):
                counts = {}
            campaign.send_count = counts.get("send", 0)
            campaign.audience_count = sum(counts.values())
            campaign.exclusions = "\n".join(
                f"{label}: {counts[key]}" for key, label in reasons.items() if counts.get(key)
            )

    def action_show_excluded(self):
        """Button: the customers that are left out, by reason in the list's title."""
        self.ensure_one()
        rows = self._get_audience()
        ids = [partner_id for partner_id, _number, reason in rows if reason]
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.customer_action")
        name = self.env._("Excluded Customers")
        return {**action, "domain": [("id", "in", ids)], "context": {}, "display_name": name}

    def action_show_audience(self):
        """Button: the customers who will get it."""
        self.ensure_one()
        ids = [partner_id for partner_id, _number, reason in self._get_audience() if not reason]
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.customer_action")
        return {**action, "domain": [("id", "in", ids)], "context": {}, "display_name": self.name}

    @api.model
    def _get_reasons(self):
        """Why somebody is left out: {reason: words}."""
        return {
            **dict(self.env["dcrc.gate"]._get_labels()),
            "duplicate": self.env._("Number of another recipient"),
            "gap": self.env._("The text would have a gap"),
        }

    def _count_audience(self):
        """``{"send": n, reason: n, …}``"""
        counts = Counter(reason or "send" for _partner, _number, reason in self._get_audience())
        return dict(counts)

    def _get_audience(self):
        """``[(partner id, number or None, reason or None)]``, without those who have the text already.

        Numbers are mobiles; one number gets one text.
        """
        self.ensure_one()
        self.env.flush_all()
        seen = {
            number
            for (number,) in self.env.execute_query(
                SQL("SELECT number FROM sms_sms WHERE dcrc_campaign_id = %s", self._origin.id or 0)
            )
        }
        rows = []
        for partner_id, number, reason in self.env.execute_query(self._audience_query()):
            if reason in (None, "recent") and number in seen:
                reason = "duplicate"
            elif not reason:
                seen.add(number)
            rows.append((partner_id, number, reason))
        return rows

    def _audience_query(self):
        mine = Domain("dcrc_customer", "=", True) & Domain("company_id", "=", self.company_id.id)
        partners = self._dcrc_search_chosen("res.partner", mine)
        gate = self.env["dcrc.gate"]
        question = Question(
            company=self.company_id,
            partner=SQL("p.id"),
            vehicle=SQL("NULL::integer"),
            channel=SQL("'sms'"),
            purpose=SQL("%s", self.purpose),
            day=SQL("%s::date", self.company_id._dcrc_today()),
        )
        return SQL(
            """SELECT p.id, %(number)s, COALESCE(%(case)s, CASE WHEN %(gap)s THEN 'gap' END)
                  FROM res_partner p
                 WHERE p.id IN %(partners)s
                   AND NOT EXISTS (SELECT 1 FROM sms_sms s
                                    WHERE s.dcrc_campaign_id = %(campaign)s AND s.partner_id = p.id)
              ORDER BY p.id""",
            number=gate._select_number(question),
            case=gate._case(question),
            gap=self._condition_gap(),
            partners=partners.subselect(),
            campaign=self._origin.id or 0,
        )

    def _condition_gap(self):
        """No wording of the template can do with what is known of customer `p`."""
        constant = {name for name, value in self._get_constants().items() if value}
        car = SQL("FROM fleet_vehicle v WHERE v.dcrc_contact_id = p.id AND v.dcrc_kind = 'customer' AND v.active")
        known = {
            "customer": SQL("p.name IS NOT NULL"),
            "specialist": SQL("p.dcrc_specialist_id IS NOT NULL"),
            "vehicle": SQL("EXISTS (SELECT 1 %s)", car),
            "plate": SQL("EXISTS (SELECT 1 %s AND v.license_plate != '')", car),
        }
        wordings = self.template_id.sudo()._dcrc_needs(constant, self.env.lang)
        fits = [
            SQL("(%s)", SQL(" AND ").join([SQL("TRUE"), *(known.get(name, SQL("FALSE")) for name in needs)]))
            for needs in wordings
        ]
        return SQL("NOT (%s)", SQL(" OR ").join(fits)) if fits else SQL("FALSE")

    def _prepare_batch(self, size):
        """Make the next texts; the campaign is prepared when nobody is left."""
        rows = [(partner_id, number) for partner_id, number, reason in self._get_audience() if not reason]
        batch, rest = rows[:size], rows[size:]
        numbers = dict(batch)
        partners = self.env["res.partner"].sudo().browse(numbers)
        texts = []
        for partner in partners:
            values = self._values(partner)
            texts.append(
                {
                    "partner_id": partner.id,
                    "number": numbers[partner.id],
                    "dcrc_purpose": self.purpose,
                    "body": self.template_id._dcrc_fill(values, self._lang(partner)),
                    "dcrc_campaign_id": self.id,
                    "dcrc_template_id": self.template_id.id,
                    "dcrc_params": self.template_id._dcrc_params(values),
                }
            )
        self.env["sms.sms"]._dcrc_queue(self.company_id, texts, wake=False)
        if not rest:
            self.prepared = True

    def _lang(self, partner):
        return partner.lang or self.env.lang or "en_US"

    def _values(self, partner):
        """Values for the template's words (see `dcrc.placeholder`)."""
        cars = partner.dcrc_vehicle_ids
        car = cars.filtered("license_plate")[:1] or cars[:1]
        partner = partner.with_context(lang=self._lang(partner))
        return {
            **self.with_context(lang=partner.env.context["lang"])._get_constants(),
            "customer": partner._dcrc_title_name() if partner else "",
            "vehicle": car.model_id.name,
            "plate": car.license_plate,
            "specialist": partner.dcrc_specialist_id.name,
        }

    def _get_constants(self):
        """What is the same for all customers of the dealer."""
        values = self.env["dcrc.placeholder"]._get_company_values(self.company_id)
        return {**values, "first_service": self.company_id._dcrc_first_service()}
