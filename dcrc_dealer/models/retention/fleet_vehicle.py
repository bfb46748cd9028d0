from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .lifecycle_rule import ALARMS, STAGES


class FleetVehicle(models.Model):
    """Where a customer's car stands in its life with the dealer (handbook RET-1)."""

    _inherit = "fleet.vehicle"

    dcrc_stage = fields.Selection(STAGES, "Stage", readonly=True, copy=False)
    dcrc_stage_since = fields.Date("In this stage since", readonly=True, copy=False)
    dcrc_risk = fields.Integer("Risk", readonly=True, copy=False, aggregator="avg", help="0 none … 100.")
    dcrc_risk_data = fields.Json("Reasons of the risk", readonly=True, copy=False)
    dcrc_risk_note = fields.Text("Why", compute="_compute_dcrc_risk_note")
    dcrc_risk_reason = fields.Char("Main reason", compute="_compute_dcrc_risk_note")
    dcrc_alarm = fields.Selection(ALARMS, "Alert", readonly=True, copy=False)
    dcrc_region = fields.Selection([("local", "Local"), ("other", "Other region")], "Region", readonly=True)
    dcrc_warranty_state = fields.Selection(
        [("in", "In warranty"), ("out", "Out of warranty")], "Warranty", readonly=True, copy=False
    )
    dcrc_value = fields.Float("Spent in two years", readonly=True, digits=(12, 2), copy=False, aggregator="sum")
    dcrc_lifecycle_on = fields.Date("To be judged on", readonly=True, copy=False)
    dcrc_lifecycle_dirty = fields.Boolean("To be judged", default=True, readonly=True, copy=False)
    dcrc_case_ids = fields.One2many("dcrc.retention.case", "vehicle_id", "Win-back cases")
    dcrc_case_id = fields.Many2one("dcrc.retention.case", "Open case", compute="_compute_dcrc_case_id")

    _dcrc_stage_idx = models.Index("(company_id, dcrc_stage) WHERE dcrc_kind = 'customer'")
    _dcrc_alarm_idx = models.Index("(company_id, dcrc_alarm) WHERE dcrc_alarm IS NOT NULL")
    _dcrc_judge_idx = models.Index("(company_id, id) WHERE dcrc_lifecycle_dirty IS TRUE AND dcrc_kind = 'customer'")
    _dcrc_judge_on_idx = models.Index("(company_id, dcrc_lifecycle_on) WHERE dcrc_kind = 'customer'")

    @api.depends("dcrc_risk_data")
    @api.depends_context("lang")
    def _compute_dcrc_risk_note(self):
        words = self.env["dcrc.lifecycle.words"]
        texts, main = words._tell(self), words._tell_main(self)
        for car in self:
            car.dcrc_risk_note = texts[car]
            car.dcrc_risk_reason = main[car]

    @api.depends("dcrc_case_ids.state")
    def _compute_dcrc_case_id(self):
        cases = self.env["dcrc.retention.case"].search([("vehicle_id", "in", self.ids), ("state", "=", "open")])
        by_car = {case.vehicle_id: case for case in cases}
        for car in self:
            car.dcrc_case_id = by_car.get(car._origin)

    def action_dcrc_ask_win_back(self):
        """Button: choose plan, person and day for the win-back of these cars."""
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Start Win-Back"),
            "res_model": "dcrc.win.back",
            "view_mode": "form",
            "target": "new",
            "context": {"default_vehicle_ids": self.ids},
        }

    def action_dcrc_win_back(self):
        """Button: open a win-back case for each of these cars (those with one are left alone)."""
        return self._dcrc_win_back({})

    def _dcrc_win_back(self, given):
        """Open cases for those of these cars that have none; `given` are values beside the car's own."""
        cars = self.filtered(lambda car: car.dcrc_kind == "customer" and not car.dcrc_case_id)
        if not cars:
            raise UserError(self.env._("These cars have an open win-back case already."))
        cases = self.env["dcrc.retention.case"].create([{"vehicle_id": car.id, **given} for car in cars])
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.retention_case_action")
        if len(cases) == 1:
            return {**action, "res_id": cases.id, "view_mode": "form", "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", cases.ids)], "context": {}}

    @api.model
    def _dcrc_lost_domains(self):
        """Named lists of cars: filters and counts of the lost lists take their domains here."""
        mine = [("dcrc_kind", "=", "customer"), ("company_id", "in", self.env.companies.ids)]
        return {
            "lost": [*mine, ("dcrc_stage", "=", "lost")],
            "at_risk": [*mine, ("dcrc_stage", "=", "at_risk")],
            "alarm": [*mine, ("dcrc_alarm", "!=", False)],
        }

    @api.model
    def _dcrc_touch_lifecycle(self, ids):
        """Have cars judged anew by the next run."""
        if ids:
            self._dcrc_mark("dcrc_lifecycle_dirty", SQL("v.id = ANY(%s)", list(ids)))

    @api.model
    def _dcrc_touch_lifecycle_of(self, companies):
        """Have all customers' cars of dealers judged anew."""
        if companies:
            self._dcrc_mark("dcrc_lifecycle_dirty", SQL("v.company_id = ANY(%s)", companies.ids))

    def _dcrc_after_forecast(self, company, ids):
        result = super()._dcrc_after_forecast(company, ids)
        self._dcrc_touch_lifecycle(ids)
        return result
