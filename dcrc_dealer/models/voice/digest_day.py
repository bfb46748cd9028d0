from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

LOOK_BACK = timedelta(days=5)  # over closed days; what stood in a digest stands in no second one


class Digest(models.Model):
    """The day's problems: complaints since the last digest, each once, for its department and the managers."""

    _inherit = "dcrc.digest"

    @api.model
    def _make_day(self, company, day):
        if self._has(company, "day", day):
            return self.browse()
        complaints = self._find_new(company)
        made = self.browse()
        for department, mine in complaints.grouped("department_id").items():
            if department:
                made |= self._create_day(company, day, department, mine)
        if complaints:
            made |= self._create_day(company, day, self.env["dcrc.department"], complaints)
        return made

    def _create_day(self, company, day, department, complaints):
        lines = [{"complaint_id": complaint.id, "partner_id": complaint.partner_id.id} for complaint in complaints]
        commands = {"line_ids": [(0, 0, line) for line in lines], "line_count": len(lines)}
        return self.create(self._prepare(company, "day", day, department, **commands))

    def _find_new(self, company):
        """Complaints that stood in no digest yet, most serious first."""
        since = company._dcrc_day_bounds(company._dcrc_today() - LOOK_BACK)[0]
        told = self.env["dcrc.digest.line"]._search([("company_id", "=", company.id)])
        domain = Domain("company_id", "=", company.id) & Domain("date", ">=", since)
        domain &= Domain("id", "not in", told.subselect("complaint_id"))
        return self.env["dcrc.complaint"].search(domain, order="severity desc, date, id")

    # -- the page behind the link -----------------------------------------------------

    def _link_answer(self, answers, name):
        """Take what was typed on the page; called as root.

        :param answers: ``{id of a line: text}``; lines of another digest, and those answered already, are left alone
        :return: how many were taken
        """
        self.ensure_one()
        waiting = {line.id: line for line in self.line_ids if not line.answered_on}
        taken = 0
        for line_id, text in answers.items():
            if line_id in waiting and (text or "").strip():
                waiting[line_id]._take_answer(text, name)
                taken += 1
        return taken
