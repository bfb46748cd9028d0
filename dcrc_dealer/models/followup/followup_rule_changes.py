from odoo import models


class FollowupRule(models.Model):
    """What a changed, archived or revived rule means for the follow-ups it has made."""

    _inherit = "dcrc.followup.rule"

    def _reschedule_planned(self):
        """New figures hold for what is planned and not begun, too."""
        followups = (
            self.env["dcrc.followup"]
            .sudo()
            .search([("rule_id", "in", self.ids), ("state", "in", ["planned", "blocked"]), ("contact_id", "=", False)])
        )
        for (rule, anchor), group in followups.grouped(lambda f: (f.rule_id, f.anchor_date)).items():
            start, due, expiry = rule._get_dates(anchor)
            group.write({"date_start": start, "date_due": due, "date_expiry": expiry})
        self._hurry(followups)
        self.filtered(lambda rule: not rule.active)._cancel_open("rule_off")
        self.filtered("active")._take_back("rule_off")

    def _cancel_open(self, reason_code):
        followups = (
            self.env["dcrc.followup"]
            .sudo()
            .search([("rule_id", "in", self.ids), ("state", "in", ["planned", "blocked", "open"])])
        )
        followups._cancel(reason_code)

    def _take_back(self, reason_code):
        """What was ended when the rule was switched off goes on where it stopped, as far as the rule holds."""
        for rule in self:
            ended = (
                self.env["dcrc.followup"]
                .sudo()
                .search(
                    [
                        ("rule_id", "=", rule.id),
                        ("state", "=", "cancelled"),
                        ("cancel_reason_id.code", "=", reason_code),
                        ("date_expiry", ">=", rule.active_from),
                    ]
                )
            )
            ended._take_back()
