from odoo import fields, models
from odoo.tools import SQL


class SuccessReport(models.Model):
    """Success of the sales and service calls (FUP-10): one row a follow-up of the base or out of it.

    The rate is effective ÷ due, by the day a call was due; the measure ``success`` counts these rows.
    """

    _name = "dcrc.success.report"
    _description = "Success of calls"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("rate",)
    _order = "date desc, id desc"
    _depends = {
        "dcrc.followup": [
            "state",
            "base_state",
            "effective",
            "dissatisfied",
            "link_state",
            "done_on",
            "call_ids",
            "date_due",
            "rule_id",
            "user_id",
            "company_id",
            "delivery_id",
            "cancel_reason_id",
        ],
        "dcrc.followup.rule": ["trigger"],
        "dcrc.call": ["state", "ended_at"],
        "res.company": ["dcrc_tz", "dcrc_success_target", "dcrc_rate_minimum"],
    }

    date = fields.Date("Due day", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    followup_id = fields.Many2one("dcrc.followup", "Follow-up", readonly=True)
    rule_id = fields.Many2one("dcrc.followup.rule", "Reason to call", readonly=True)
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    department = fields.Selection([("sales", "Sales"), ("service", "Service")], readonly=True)
    reason_id = fields.Many2one("dcrc.reason", "Left because", readonly=True)
    due = fields.Integer("Due Calls", readonly=True)
    effective = fields.Integer(readonly=True)
    in_time = fields.Integer(
        "Tried in time", readonly=True, help="The first attempt, or the answer by link, came by the due day (FUP-4)."
    )
    dissatisfied = fields.Integer(readonly=True)
    missed = fields.Integer(readonly=True)
    left = fields.Integer("Out of the base", readonly=True)
    rate = fields.Float("Success (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Effective ÷ due.")
    target = fields.Float("Target (%)", readonly=True, aggregator="avg", digits=(5, 1))

    @property
    def _table_query(self):
        return SQL(
            """SELECT f.id, f.date_due AS date, f.company_id, f.id AS followup_id, f.rule_id, f.user_id,
                      f.partner_id, f.vehicle_id,
                      CASE WHEN f.delivery_id IS NOT NULL THEN 'sales' ELSE 'service' END AS department,
                      f.cancel_reason_id AS reason_id,
                      (f.base_state != 'out')::integer AS due,
                      (f.base_state != 'out' AND f.effective IS TRUE)::integer AS effective,
                      (f.base_state != 'out' AND %(in_time)s)::integer AS in_time,
                      (f.base_state != 'out' AND f.effective IS TRUE AND f.dissatisfied IS TRUE)::integer
                          AS dissatisfied,
                      (f.base_state != 'out' AND f.state = 'missed')::integer AS missed,
                      (f.base_state = 'out')::integer AS left,
                      CASE WHEN f.base_state != 'out' THEN 100.0 * (f.effective IS TRUE)::integer END AS rate,
                      k.dcrc_success_target AS target
                 FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id
                 JOIN res_company k ON k.id = f.company_id
                WHERE r.trigger IN %(triggers)s""",
            in_time=self._is_in_time(),
            triggers=self.env["dcrc.followup"]._get_success_triggers(),
        )

    def _is_in_time(self):
        """SQL: somebody tried, or the customer answered by link, by the due day."""
        return SQL(
            """(EXISTS (SELECT 1 FROM dcrc_call_dcrc_followup_rel x JOIN dcrc_call c ON c.id = x.dcrc_call_id
                         WHERE x.dcrc_followup_id = f.id AND c.state = 'done'
                           AND (c.ended_at AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date <= f.date_due)
                OR f.link_state = 'answered'
                   AND (f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date <= f.date_due)"""
        )

    def action_open_followup(self):
        """Button: the follow-up itself."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "dcrc.followup",
            "res_id": self.followup_id.id,
            "views": [(False, "form")],
        }
