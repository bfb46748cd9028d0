from odoo import api, models


class Complaint(models.Model):
    """A complaint that a call brought up (FUP-7)."""

    _inherit = "dcrc.complaint"

    @api.model
    def _prepare_from_call(self, vals):
        """Return the values of a complaint made on the call screen.

        :param vals: text and call_id or followup_id, optionally partner_id, vehicle_id,
            department_id, question_id, severity, company_id; what is missing comes from
            the call, the follow-up and the question's department.
        """
        call = self.env["dcrc.call"].browse(vals.get("call_id"))
        followup = self.env["dcrc.followup"].browse(vals.get("followup_id"))
        company = call.company_id or followup.company_id
        question = self.env["survey.question"].sudo().browse(vals.get("question_id"))
        kind = question.dcrc_department_kind or followup and followup._get_department_kind()
        department = self.env["dcrc.department"]._get_for(kind, company) if kind else None
        filled = {name: value for name, value in vals.items() if value}
        return {
            "company_id": company.id,
            "source": "call",
            "partner_id": (call.partner_id or followup.partner_id).id,
            "vehicle_id": followup.vehicle_id.id,
            "department_id": department.id if department else False,
            **filled,
        }
