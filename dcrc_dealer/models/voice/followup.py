from odoo import models


class Followup(models.Model):
    _inherit = "dcrc.followup"

    def _has_complaint(self):
        """FUP-7: whether what dissatisfied the customer is written down already."""
        if super()._has_complaint():
            return True
        # Whoever took it: the question is only whether it exists.
        domain = [("followup_id", "=", self.id)]
        return bool(self.env["dcrc.complaint"].sudo().search_count(domain, limit=1))

    def _get_promised_hours(self):
        """CMP-2: what is promised on the phone is the limit that the first contact's clock has."""
        rule = self.env["dcrc.clock.rule"]._get_for(self.company_id, "complaint_contact", False)[:1]
        return rule.amount if rule and rule.unit != "day" else super()._get_promised_hours()
