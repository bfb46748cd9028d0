from odoo import models
from odoo.exceptions import UserError


class RetentionCase(models.Model):
    """How a win-back case ends."""

    _inherit = "dcrc.retention.case"

    def action_won(self):
        """Button: the customer is back."""
        self._move("won")

    def action_lost(self):
        """Button: the customer does not come back; why is counted (RET-3)."""
        if any(not case.reason_id for case in self):
            raise UserError(self.env._("Choose the reason of loss first: reasons are counted."))
        self._move("lost")

    def action_cancel(self):
        """Button: the case was opened by mistake, or the car is gone for good."""
        self._move("cancelled")

    def action_reopen(self):
        """Button: try again."""
        self._move("open")

    def _move(self, state, **vals):
        if state == "open":
            vals = {"closed_on": False, "next_contact_on": self.env.company._dcrc_today(), "visit_id": False, **vals}
        res = super()._move(state, **vals)
        if state != "open":
            self._cancel_contacts()
        return res

    def _cancel_contacts(self):
        followups = (
            self.env["dcrc.followup"]
            .sudo()
            .search(
                [
                    ("source_model", "=", self._name),
                    ("source_id", "in", self.ids),
                    ("state", "in", ("planned", "blocked", "open")),
                ]
            )
        )
        followups._cancel("case_closed")

    def _take_visits(self, visits):
        """Cars that came in are won back: close their open cases with the visit that shows it."""
        for visit in visits.filtered(lambda visit: not visit.void).sorted("date_in"):
            day = visit.company_id._dcrc_to_local(visit.date_in).date()
            cases = self.sudo().search(
                [("vehicle_id", "=", visit.vehicle_id.id), ("state", "=", "open"), ("opened_on", "<=", day)]
            )
            cases.write({"visit_id": visit.id})
            cases._move("won")

    def _lose_visit(self):
        """The paper that won these cases is void (FUP-12): they go on, unless another visit has won them, too."""
        others = self.env["dcrc.service.visit"].sudo()
        going_on = self.search([("vehicle_id", "in", self.vehicle_id.ids), ("state", "=", "open")]).vehicle_id
        for case in self:
            again = case.vehicle_id not in going_on  # a car has one open case
            state = {"state": "open", "closed_on": False} if again else {"state": "cancelled"}
            case.write({**state, "visit_id": False, "next_contact_on": case.company_id._dcrc_today()})
        cars = self.filtered(lambda case: case.state == "open").vehicle_id
        self._take_visits(others.search([("vehicle_id", "in", cars.ids), ("void", "=", False)]))
