from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

VIP = "dcrc_dealer.res_partner_category_vip"


class FollowupRule(models.Model):
    """A VIP is called within 48 hours of a visit (FUP-7): the same call, due earlier."""

    _inherit = "dcrc.followup.rule"

    vip_days = fields.Integer(
        "VIP within (days)",
        default=2,
        help="Customers with the tag VIP are due so many days after their visit, if that is earlier. 0: as everybody.",
    )

    _vip_days_positive = models.Constraint("CHECK (vip_days >= 0)", "Days for VIP customers cannot be negative.")

    def _hurries(self):
        """Whether this rule knows VIP customers."""
        return self.trigger == "visit" and self.vip_days > 0

    def _get_vip_id(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(VIP, raise_if_not_found=False) or 0

    def _get_due(self):
        """SQL of the due day (alias d: a candidate with its first day)."""
        due = super()._get_due()
        if not self._hurries():
            return due
        return SQL(
            """CASE WHEN EXISTS (SELECT 1 FROM res_partner_res_partner_category_rel t
                                  WHERE t.partner_id = d.partner_id AND t.category_id = %s)
                    THEN LEAST(%s, GREATEST(d.date_start, d.anchor_date + %s)) ELSE %s END""",
            self._get_vip_id(),
            due,
            self.vip_days,
            due,
        )

    def _hurry(self, followups):
        """The same for follow-ups whose dates were counted anew."""
        vip = self._get_vip_id()
        for followup in followups:
            rule = followup.rule_id
            if rule._hurries() and vip in followup.sudo().partner_id.category_id.ids:
                early = max(followup.date_start, followup.anchor_date + timedelta(days=rule.vip_days))
                if early < followup.date_due:
                    expiry = early + timedelta(days=rule.expiry_days)
                    followup.write({"date_due": early, "date_expiry": expiry})
