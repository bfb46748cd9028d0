from odoo import models

from .complaint_callback import TRIGGER


class Followup(models.Model):
    """A dissatisfied customer has a complaint; the callback of a complaint decides it (FUP-7, CMP-3)."""

    _inherit = "dcrc.followup"

    def _get_complaint(self):
        """The complaint that this follow-up calls back about (empty for all others)."""
        complaints = self.env["dcrc.complaint"].sudo()
        if self.source_model != "dcrc.complaint.round":
            return complaints
        return self.env["dcrc.complaint.round"].sudo().browse(self.source_id).exists().complaint_id

    def _has_complaint(self):
        """FUP-7: whether what dissatisfied the customer is written down already."""
        if super()._has_complaint() or self._get_complaint():
            return True
        # Whoever took it: the question is only whether it exists.
        domain = [("followup_id", "=", self.id)]
        return bool(self.env["dcrc.complaint"].sudo().search_count(domain, limit=1))

    def _get_promised_hours(self):
        """CMP-2: what is promised on the phone is the limit that the first contact's clock has."""
        rule = self.env["dcrc.clock.rule"]._get_for(self.company_id, "complaint_contact", False)[:1]
        return rule.amount if rule and rule.unit != "day" else super()._get_promised_hours()

    def _get_opinion_key(self):
        """Each complaint is asked about by itself: one answer closes one complaint."""
        return self if self.rule_id.trigger == TRIGGER else super()._get_opinion_key()

    def _finish_by_call(self, call, effective):
        """CMP-3: the stored answer closes the complaint, or opens its next round."""
        result = super()._finish_by_call(call, effective)
        for followup in self.filtered(lambda f: effective.get(f.id)):
            complaint = followup._get_complaint()
            if complaint:
                complaint._take_answer(followup)
        return result

    def _get_source_label(self):
        complaint = self._get_complaint()
        return complaint.name if complaint else super()._get_source_label()

    def _get_placeholders(self):
        values = super()._get_placeholders()
        complaint = self._get_complaint()
        if complaint:
            values["item"] = complaint.solution or complaint.category_id.name or complaint.name
        return values

    def _get_department_kind(self):
        complaint = self._get_complaint()
        return complaint.department_id.kind or "service" if complaint else super()._get_department_kind()
