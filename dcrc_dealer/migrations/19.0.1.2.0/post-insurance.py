"""The check on the insurance desk goes by the calls that it has made (REM-3)."""

from odoo import SUPERUSER_ID, api

CHANGES = {
    "dcrc_followup_rule.trigger": "the check follows the desk's calls, no longer the end of the insurance",
    "dcrc_followup_rule.delay_unit": "a day after the desk's call, no longer a month before the end",
    "dcrc_followup_rule.source_domain": "the desk's calls need no filter",
    "dcrc_followup_rule.planned_at": "the rule that changed is planned anew",
    "dcrc_followup_rule.planned_until": "the rule that changed is planned anew",
    "dcrc_followup.state": "checks that waited for an end of the insurance are called off",
    "dcrc_followup.cancel_reason_id": "checks that waited for an end of the insurance are called off",
    "dcrc_followup.base_state": "checks that waited for an end of the insurance are called off",
    "dcrc_followup.done_on": "checks that waited for an end of the insurance are called off",
}


def migrate(cr, _version):
    """Rules for a share of the insurances that end become rules for a share of the desk's calls."""
    env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
    domain = [("trigger", "=", "insurance"), ("sample_percent", "<", 100)]
    rules = env["dcrc.followup.rule"].search(domain)
    waiting = env["dcrc.followup"].search([("rule_id", "in", rules.ids), ("state", "in", ("planned", "blocked"))])
    waiting._cancel("date_changed")
    rules.write({"trigger": "insurance_called", "delay_count": 1, "delay_unit": "day", "source_domain": False})
