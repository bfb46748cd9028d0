from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.pareto import pareto

ROWS = 300  # on paper; more are in the list


class ProblemPrint(models.TransientModel):
    """Asks for the week, then prints its statistics, the register of solutions, or the prevention table (FUP-11)."""

    _name = "dcrc.problem.print"
    _description = "Sheets of Problems"

    company_id = fields.Many2one("res.company", "Dealer", required=True, default=lambda self: self.env.company)
    day = fields.Date("Week of", required=True, default=lambda self: self.env.company._dcrc_today())
    date_from = fields.Date("From", compute="_compute_week")
    date_to = fields.Date("To", compute="_compute_week")
    department_id = fields.Many2one(
        "dcrc.department", domain="[('company_id', '=', company_id)]", help="Empty: all departments."
    )

    @api.depends("day")
    def _compute_week(self):
        for wizard in self:
            day = wizard.day or wizard.company_id._dcrc_today()
            wizard.date_from = day - timedelta(days=day.weekday())
            wizard.date_to = wizard.date_from + timedelta(days=6)

    def action_print_week(self):
        """Button: statistics of the week, with the Pareto chart."""
        return self.env.ref("dcrc_dealer.problem_week_report").report_action(self)

    def action_print_register(self):
        """Button: 回访问题解决措施登记表, each line to be signed by its customer."""
        return self.env.ref("dcrc_dealer.problem_register_report").report_action(self)

    def action_print_prevention(self):
        """Button: 回访问题预防措施表: what is under way or ended in this week."""
        found = self.env["dcrc.prevention"].search(self._get_prevention_domain(), limit=ROWS)
        return self.env.ref("dcrc_dealer.prevention_report").report_action(found.ids)

    # -- what stands on them -------------------------------------------------------

    def _get_weeks(self):
        """The rows of `dcrc.problem.week`, most frequent first."""
        domain = [("company_id", "=", self.company_id.id), ("date", "=", self.date_from)]
        return self.env["dcrc.problem.week"].search(domain, order="rank")

    def _get_chart(self):
        rows = [(week.problem_id.display_name, week.hits) for week in self._get_weeks()]
        return pareto(rows, self.env._("Others"))

    def _get_hits(self):
        """What came up in the week, by day."""
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date", ">=", self.date_from) & Domain("date", "<=", self.date_to)
        if self.department_id:
            domain &= Domain("department_id", "=", self.department_id.id)
        return self.env["dcrc.problem.hit"].search(domain, order="date, id", limit=ROWS)

    def _get_prevention_domain(self):
        domain = Domain("company_id", "=", self.company_id.id)
        if self.department_id:
            domain &= Domain("department_id", "=", self.department_id.id)
        return domain & (Domain("state", "=", "open") | Domain("done_on", ">=", self.date_from))

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        self.ensure_one()
        return self.env._("Problems %(start)s – %(stop)s", start=self.date_from, stop=self.date_to)
