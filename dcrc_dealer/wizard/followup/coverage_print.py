from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoveragePrint(models.TransientModel):
    """Asks for the period, then shows or prints the coverage of calls (FUP-1)."""

    _name = "dcrc.coverage.print"
    _description = "Coverage of calls in a period"

    company_id = fields.Many2one("res.company", "Dealer", required=True, default=lambda self: self.env.company)
    date_from = fields.Date("From", required=True, default=lambda self: self._default_month()[0])
    date_to = fields.Date("To", required=True, default=lambda self: self._default_month()[1])

    @api.model
    def _default_month(self):
        """First and last day of the month before this one."""
        last = self.env.company._dcrc_today().replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last

    @api.constrains("date_from", "date_to")
    def _check_days(self):
        if any(wizard.date_from > wizard.date_to for wizard in self):
            raise ValidationError(self.env._("The period ends before it begins."))

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
