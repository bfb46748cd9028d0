from odoo import models

GROUPS = ("category_group_id", "category_id", "cause_id", "department_id", "culprit")


class ComplaintPrint(models.TransientModel):
    """Asks for the period, then prints 顾客投诉分类统计表: by category, cause, department and person (CMP-6)."""

    _name = "dcrc.complaint.print"
    _description = "Statistics of Complaints by Category"
    _inherit = ["dcrc.period.mixin"]

    def action_print(self):
        """Button: the print."""
        return self.env.ref("dcrc_dealer.complaint_statistics_report").report_action(self)

    def action_show(self):
        """Button: the same figures on the screen."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.complaint_report_action")
        return {**action, "domain": list(self._measure()["domain"]), "context": {}}

    def _measure(self, by=None):
        report = self.env["dcrc.complaint.report"]
        return report._measure(self.company_id, self.date_from, self.date_to, by)

    def _get_parts(self):
        """``[(what it is told apart by, its rows)]`` of the sheet."""
        fields_of = self.env["dcrc.complaint.report"]._fields
        return [(fields_of[name]._description_string(self.env), self._measure(name)["groups"]) for name in GROUPS]

    def _get_rate_words(self, rate):
        return "–" if rate is None else f"{rate:.1f} %"

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        self.ensure_one()
        return self.env._("Complaints %(start)s – %(stop)s", start=self.date_from, stop=self.date_to)
