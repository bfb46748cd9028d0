from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

# key: whether more is better (None: neither)
ROWS = {
    "answers": None,
    "mean": True,
    "satisfied": True,
    "complaints": False,
    "complaints_closed": True,
    "complaints_open": False,
    "corrections": False,
    "corrections_closed": True,
    "corrections_open": False,
    "preventions_late": False,
}


class Digest(models.Model):
    """The week in writing: every department's scores, complaints and corrections, with the week before (FUP-7)."""

    _inherit = "dcrc.digest"

    @api.model
    def _make_week(self, company, monday):
        if self._has(company, "week", monday):
            return self.browse()
        departments = self.env["dcrc.department"].search([("company_id", "=", company.id)])
        made = self.browse()
        for department in [*departments, departments.browse()]:
            figures = {
                "now": self._count_week(company, department, monday),
                "before": self._count_week(company, department, monday - timedelta(weeks=1)),
            }
            made |= self.create(self._prepare(company, "week", monday, department, figures=figures))
        return made

    @api.model
    def _get_row_labels(self):
        return {
            "answers": self.env._("Answers on the scale"),
            "mean": self.env._("Mean (1 to 5)"),
            "satisfied": self.env._("Satisfied (%)"),
            "complaints": self.env._("Complaints received"),
            "complaints_closed": self.env._("Complaints closed"),
            "complaints_open": self.env._("Complaints still open"),
            "corrections": self.env._("Corrections received"),
            "corrections_closed": self.env._("Corrections settled"),
            "corrections_open": self.env._("Corrections still open"),
            "preventions_late": self.env._("Preventive measures overdue"),
        }

    def _get_rows(self):
        """``[{"label", "now", "before", "trend" ("better", "worse" or "")}]`` of a week; "–" for nothing to say."""
        if not self.figures:
            return []
        labels, rows = self._get_row_labels(), []
        for key, more_is_better in ROWS.items():
            now, before = (self.figures[week].get(key) for week in ("now", "before"))
            trend = ""
            if more_is_better is not None and None not in (now, before) and now != before:
                trend = "better" if (now > before) == more_is_better else "worse"
            rows.append({"label": labels[key], "now": _shown(now), "before": _shown(before), "trend": trend})
        return rows

    # -- counting -----------------------------------------------------------------------

    def _count_week(self, company, department, monday):
        """Figures of seven days (no department: of the whole dealer)."""
        start, stop = company._dcrc_day_bounds(monday)[0], company._dcrc_day_bounds(monday + timedelta(days=6))[1]
        mine = Domain("company_id", "=", company.id)
        if department:
            mine &= Domain("department_id", "=", department.id)
        late = Domain("state", "=", "open") & Domain("deadline", "<", monday + timedelta(days=7))
        return {
            **self._count_answers(company, department, start, stop),
            **self._count_cases("complaints", self.env["dcrc.complaint"], mine, start, stop),
            **self._count_cases("corrections", self.env["dcrc.correction"], mine, start, stop),
            "preventions_late": self.env["dcrc.prevention"].search_count(mine & late),
        }

    def _count_cases(self, name, model, mine, start, stop):
        closed, came = Domain("closed_on", "<", stop), Domain("date", "<", stop)
        return {
            name: model.search_count(mine & came & Domain("date", ">=", start)),
            f"{name}_closed": model.search_count(mine & closed & Domain("closed_on", ">=", start)),
            # open at the week's end: also of what has been closed since
            f"{name}_open": model.search_count(mine & came) - model.search_count(mine & came & closed),
        }

    def _count_answers(self, company, department, start, stop):
        """Of the questions that concern the department, as customers answered them in the week."""
        talks = Domain("company_id", "=", company.id) & Domain("effective", "=", True)
        talks &= Domain("done_on", ">=", start) & Domain("done_on", "<", stop)
        sheets = self.env["dcrc.followup"]._search(talks & Domain("user_input_id", "!=", False))
        domain = Domain("user_input_id", "in", sheets.subselect("user_input_id")) & Domain("dcrc_level", ">", 0)
        if department:
            domain &= Domain("question_id.dcrc_department_kind", "=", department.kind)
        lines = self.env["survey.user_input.line"]
        count, mean = lines._read_group(domain, [], ["__count", "dcrc_level:avg"])[0]
        good = lines.search_count(domain & Domain("dcrc_level", ">=", 4))
        rate = company._dcrc_rate(good, count)
        enough = rate is not None
        return {
            "answers": count,
            "mean": round(mean, 2) if enough else None,
            "satisfied": round(rate, 1) if enough else None,
        }


def _shown(value):
    return "–" if value is None else f"{value:g}"
