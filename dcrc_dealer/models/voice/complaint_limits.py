from odoo import models


class Complaint(models.Model):
    """Who may grant what: limits of specialist and manager, the manager's budget of the month (CMP-3)."""

    _inherit = "dcrc.complaint"

    def _get_approver(self, cost):
        """As what the user may grant a cost: user, manager or director; None beyond the own limit."""
        company, user = self.company_id.sudo(), self.env.user
        if cost <= company.dcrc_grant_specialist:
            return "user"
        if user.has_group("dcrc_dealer.group_dcrc_director"):
            return "director"
        if user.has_group("dcrc_dealer.group_dcrc_manager") and cost <= company.dcrc_grant_manager:
            return "manager" if cost <= self._get_budget_left() else None
        return None

    def _get_budget_left(self):
        """What managers may still grant this month."""
        company = self.company_id.sudo()
        start = company._dcrc_day_bounds(company._dcrc_today().replace(day=1))[0]
        granted = (
            self.env["dcrc.complaint.round"]
            .sudo()
            ._read_group(
                [("company_id", "=", company.id), ("approved_as", "=", "manager"), ("approved_on", ">=", start)],
                [],
                ["cost:sum"],
            )
        )
        return company.dcrc_grant_budget - (granted[0][0] or 0.0)

    def _get_limit_words(self):
        """Who decides, and why not the user."""
        company = self.company_id.sudo()
        if self.cost <= company.dcrc_grant_manager and self.cost > self._get_budget_left():
            return self.env._(
                "The month's budget for compensation has %(left).2f left: the general manager approves.",
                left=max(self._get_budget_left(), 0.0),
            )
        if self.cost > company.dcrc_grant_manager:
            return self.env._("Above %(limit).2f the general manager approves.", limit=company.dcrc_grant_manager)
        return self.env._("Above %(limit).2f a manager approves.", limit=company.dcrc_grant_specialist)
