from datetime import timedelta

from odoo import api, models


class CoveragePrint(models.TransientModel):
    """Asks for the period, then shows or prints the coverage of calls (FUP-1)."""

    _name = "dcrc.coverage.print"
    _description = "Coverage of calls in a period"
    _inherit = ["dcrc.period.mixin"]

    @api.model
    def _default_period(self):
        """First and last day of the month before this one."""
        last = self.env.company._dcrc_today().replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    def action_print(self):
        """Button: the print."""
        return self.env.ref("dcrc_dealer.coverage_report").report_action(self)

    def action_show(self):
        """Button: the papers behind it."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.coverage_action")
        domain = self.env["dcrc.coverage"]._get_coverage_domain(self.company_id, self.date_from, self.date_to)
        return {**action, "domain": list(domain), "context": {}}

    def _get_lines(self):
        """``[(label of the call, measure)]`` of each kind of call that has papers, and the columns."""
        coverage = self.env["dcrc.coverage"]
        labels = dict(coverage._fields["trigger"]._description_selection(self.env))
        rows = []
        for trigger in coverage._coverage_parts():
            measure = coverage._measure(self.company_id, self.date_from, self.date_to, [trigger])
            if measure["papers"]:
                rows.append((labels[trigger], measure))
        return rows

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        self.ensure_one()
        return self.env._("Coverage %(start)s – %(stop)s", start=self.date_from, stop=self.date_to)
