from odoo import api, models

from ..foundations.audit import AuditSheet


class Audit(models.AbstractModel):
    """Follow-ups, each attempt, each answer, what left the base of the rates, and the coverage."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        return {
            "followups": self._audit_followups(),
            "attempts": self._audit_attempts(),
            "answers": self._audit_answers(),
            "exclusions": self._audit_exclusions(),
            "coverage": self._audit_coverage(),
            **super()._audit_sheets(),
        }

    def _audit_followups(self):
        labels = {
            "id": self.env._("Follow-up No."),
            "contact_id": self.env._("Contact No."),
            "delivery_id.order_no": self.env._("Sales Order"),
            "visit_id.order_no": self.env._("Repair Order"),
            "vehicle_id.license_plate": self.env._("Plate"),
            "vehicle_id.vin_sn": self.env._("VIN"),
            "outcome_id.name": self.env._("Outcome"),
        }
        return AuditSheet(
            self.env._("Follow-ups"),
            "dcrc.followup",
            "date_due",
            "id contact_id rule_id.name delivery_id.order_no visit_id.order_no vehicle_id.license_plate"
            " vehicle_id.vin_sn partner_id.name user_id.name channel anchor_date date_start date_due state"
            " block_reason cancel_reason_id.name outcome_id.name effective dissatisfied base_state done_on link_state",
            labels,
        )

    def _audit_attempts(self):
        labels = {
            "id": self.env._("Call No."),
            "contact_id": self.env._("Contact No."),
            "outcome_id.name": self.env._("Outcome"),
        }
        return AuditSheet(
            self.env._("Attempts"),
            "dcrc.call",
            "started_at",
            "id contact_id attempt_no direction user_id.name slot_id.name started_at ended_at state outcome_id.name"
            " callback_at",
            labels,
        )

    def _audit_answers(self):
        labels = {
            "user_input_id": self.env._("Answer Sheet No."),
            "create_date": self.env._("Answered On"),
            "question_id.dcrc_code": self.env._("Question Code"),
            "question_id.title": self.env._("Question"),
            "suggested_answer_id.value": self.env._("Answer"),
        }
        return AuditSheet(
            self.env._("Answers"),
            "survey.user_input.line",
            "create_date",
            "user_input_id create_date question_id.dcrc_code question_id.title suggested_answer_id.value dcrc_level",
            labels,
            company="dcrc_company_id",
        )

    def _audit_exclusions(self):
        labels = {
            "id": self.env._("Follow-up No."),
            "vehicle_id.license_plate": self.env._("Plate"),
            "exit_found_by.name": self.env._("Found by"),
            "exit_confirmed_by.name": self.env._("Confirmed by"),
        }
        return AuditSheet(
            self.env._("Out of the Base"),
            "dcrc.followup",
            "date_due",
            "id rule_id.name vehicle_id.license_plate date_due state base_state exit_source exit_found_by.name"
            " exit_confirmed_by.name exit_on cancel_reason_id.name",
            labels,
            domain=[("exit_on", "!=", False)],
        )

    def _audit_coverage(self):
        labels = {
            "source_id": self.env._("Record No."),
            "vehicle_id.license_plate": self.env._("Plate"),
            "followup_id": self.env._("Follow-up No."),
        }
        return AuditSheet(
            self.env._("Coverage"),
            "dcrc.coverage",
            "date",
            "date rule_id.name trigger source_model source_id vehicle_id.license_plate followup_id status block_reason"
            " reason_id.name",
            labels,
        )
