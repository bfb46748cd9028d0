from odoo import api, models

from ..foundations.audit import AuditSheet


class Audit(models.AbstractModel):
    """Follow-ups, each attempt, each answer, and what left the base of the rates."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_sheets(self):
        followup = ("id", self.env._("Follow-up No."))
        return {
            "followups": AuditSheet(
                self.env._("Follow-ups"),
                "dcrc.followup",
                "date_due",
                (
                    followup,
                    ("contact_id", self.env._("Contact No.")),
                    "rule_id.name",
                    ("delivery_id.order_no", self.env._("Sales Order")),
                    ("visit_id.order_no", self.env._("Repair Order")),
                    ("vehicle_id.license_plate", self.env._("Plate")),
                    ("vehicle_id.vin_sn", self.env._("VIN")),
                    "partner_id.name",
                    "user_id.name",
                    "channel",
                    "anchor_date",
                    "date_start",
                    "date_due",
                    "state",
                    "block_reason",
                    "cancel_reason_id.name",
                    ("outcome_id.name", self.env._("Outcome")),
                    "effective",
                    "dissatisfied",
                    "base_state",
                    "done_on",
                    "link_state",
                ),
            ),
            "attempts": AuditSheet(
                self.env._("Attempts"),
                "dcrc.call",
                "started_at",
                (
                    ("id", self.env._("Call No.")),
                    ("contact_id", self.env._("Contact No.")),
                    "attempt_no",
                    "direction",
                    "user_id.name",
                    "slot_id.name",
                    "started_at",
                    "ended_at",
                    "state",
                    ("outcome_id.name", self.env._("Outcome")),
                    "callback_at",
                ),
            ),
            "answers": AuditSheet(
                self.env._("Answers"),
                "survey.user_input.line",
                "create_date",
                (
                    ("user_input_id", self.env._("Answer Sheet No.")),
                    ("create_date", self.env._("Answered On")),
                    ("question_id.dcrc_code", self.env._("Question Code")),
                    ("question_id.title", self.env._("Question")),
                    ("suggested_answer_id.value", self.env._("Answer")),
                    "dcrc_level",
                ),
                company="dcrc_company_id",
            ),
            "exclusions": AuditSheet(
                self.env._("Out of the Base"),
                "dcrc.followup",
                "date_due",
                (
                    followup,
                    "rule_id.name",
                    ("vehicle_id.license_plate", self.env._("Plate")),
                    "date_due",
                    "state",
                    "base_state",
                    "exit_source",
                    ("exit_found_by.name", self.env._("Found by")),
                    ("exit_confirmed_by.name", self.env._("Confirmed by")),
                    "exit_on",
                    "cancel_reason_id.name",
                ),
                domain=[("exit_on", "!=", False)],
            ),
            "coverage": AuditSheet(
                self.env._("Coverage"),
                "dcrc.coverage",
                "date",
                (
                    "date",
                    "rule_id.name",
                    "trigger",
                    "source_model",
                    ("source_id", self.env._("Record No.")),
                    ("vehicle_id.license_plate", self.env._("Plate")),
                    ("followup_id", self.env._("Follow-up No.")),
                    "status",
                    "block_reason",
                    "reason_id.name",
                ),
            ),
            **super()._audit_sheets(),
        }
