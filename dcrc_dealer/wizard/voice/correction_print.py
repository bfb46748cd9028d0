from odoo import fields, models
from odoo.fields import Domain

from ...tools.mask import mask_phone

ROWS = 500  # on paper; more are in the list


class CorrectionPrint(models.TransientModel):
    """Asks for the month, then prints 客户信息跟踪表: the sums and every correction (COR-2)."""

    _name = "dcrc.correction.print"
    _description = "Customer Information Tracking Sheet"
    _inherit = ["dcrc.period.mixin"]

    department_id = fields.Many2one(
        "dcrc.department", domain="[('company_id', '=', company_id)]", help="Empty: all departments."
    )

    def action_print(self):
        """Button: the print."""
        return self.env.ref("dcrc_dealer.correction_report_sheet").report_action(self)

    def action_show(self):
        """Button: the same figures on the screen."""
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.correction_report_action")
        return {**action, "domain": list(self._get_domain()), "context": {}}

    # -- what stands on it -----------------------------------------------------

    def _get_domain(self):
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("date", ">=", self.date_from) & Domain("date", "<=", self.date_to)
        return domain & Domain("department_id", "=", self.department_id.id) if self.department_id else domain

    def _get_sums(self, by):
        """``[{"label", "opened", "waiting", "same_day" (None: too few), "old", "repeated"}]`` by a field, then all."""
        report = self.env["dcrc.correction.report"]
        sums = ["opened:sum", "waiting:sum", "same_day_rate:avg", "repeated:sum"]
        beyond = self._get_domain() & Domain("age", "=", "old")
        old = dict(report._read_group(beyond, [by], ["__count"]))
        labels = dict(report._fields[by]._description_selection(self.env)) if by in ("item", "age") else {}
        lines = []
        for key, opened, waiting, same_day, repeated in report._read_group(self._get_domain(), [by], sums):
            label = labels.get(key) or (key and by == "department_id" and key.name) or self.env._("No department")
            line = {"key": key, "label": label, "opened": opened, "waiting": waiting}
            lines.append({**line, "same_day": same_day, "old": old.get(key, 0), "repeated": repeated})
        return lines

    def _get_wrong(self, department=None):
        """The share of files found wrong, in words with its interval."""
        start, stop = self.date_from.replace(day=1), self.date_to
        found = self.env["dcrc.file.check"]._measure(self.company_id, start, stop, department)
        counts = f"{found['numerator']} / {found['denominator']}"
        if found["rate"] is None:
            return self.env._("%(counts)s: too few for a rate", counts=counts)
        return self.env._(
            "%(counts)s = %(rate)s %% (%(low)s to %(high)s %%)",
            counts=counts,
            rate=f"{found['rate']:.1f}",
            low=found["low"],
            high=found["high"],
        )

    def _get_rows(self):
        """The corrections on the sheet, in the order in which they came in; numbers are masked."""
        found = self.env["dcrc.correction.report"].search(self._get_domain(), order="date, id", limit=ROWS)
        return found.correction_id

    def _get_shown(self, correction, name):
        value = correction[name] or ""
        return mask_phone(value) if correction.item == "phone" else value

    def _count_left(self):
        """How many corrections the sheet has no room for."""
        return max(self.env["dcrc.correction.report"].search_count(self._get_domain()) - ROWS, 0)

    def _get_local(self, moment):
        return f"{self.company_id._dcrc_to_local(moment):%m-%d %H:%M}" if moment else ""

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        self.ensure_one()
        return self.env._("Corrections %(start)s – %(stop)s", start=self.date_from, stop=self.date_to)
