import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.chart import draw_months, write

TOP = 5  # problems of a chapter


class ReviewChapter(models.Model):
    """A chapter of a monthly review: figures as they were collected, and the words about them."""

    _name = "dcrc.review.chapter"
    _description = "Chapter of a Monthly Review"
    _order = "review_id, sequence, id"
    _check_company_auto = True

    review_id = fields.Many2one("dcrc.review", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="review_id.company_id", store=True, index=True, precompute=True, required=True)
    state = fields.Selection(related="review_id.state")
    code = fields.Selection(
        [
            ("followups", "Follow-ups"),
            ("satisfaction", "Satisfaction"),
            ("dissatisfied", "What Customers Are Dissatisfied With"),
            ("checks", "Checks (6表1卡)"),
            ("club", "Car Club"),
            ("solicitation", "Bringing Cars Back"),
            ("complaints", "Complaints"),
            ("improvement", "Expectations and Improvement"),
        ],
        "Chapter",
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    data = fields.Json(readonly=True, copy=False)
    draft = fields.Text("Drafted Words", readonly=True, copy=False)
    remark = fields.Text("Remarks", help="Drafted from the figures; edit it as you see fit.")

    table = fields.Html("Figures", compute="_compute_table", sanitize=False, help="Drawn by the server from `data`.")

    _code_once = models.UniqueIndex("(review_id, code)", "A review has each chapter once.")

    @api.depends("code")
    def _compute_display_name(self):
        words = dict(self._fields["code"]._description_selection(self.env))
        for chapter in self:
            chapter.display_name = words.get(chapter.code)

    @api.depends("data")
    def _compute_table(self):
        for chapter in self:
            page = {"chapter": chapter, "number": chapter.sequence + 1}
            chapter.table = self.env["ir.qweb"]._render("dcrc_dealer_reports.review_figures", page)

    def write(self, vals):
        if any(chapter.review_id.state != "draft" for chapter in self) and not self.env.su:
            raise UserError(self.env._("The review is no draft any more: its words stay as they are."))
        return super().write(vals)

    def _collect(self, years):
        """Take figures (`years`: of each measure those of its months) and problems as they are now; words
        that nobody edited are drafted anew."""
        self.ensure_one()
        period = self.review_id._get_period()
        problems = self.env["dcrc.review.source"]._review_problems(self.code, self.company_id, *period)
        data = {
            "figures": [self._collect_figure(figures) for figures in years],
            "problems": [[name, count, words] for name, count, words in problems[:TOP]],
            "all_problems": sum(count for _name, count, _words in problems),
        }
        old = self.draft
        draft = self._draft_words(data)
        vals = {"data": data, "draft": draft}
        if not self.remark or self.remark == old:
            vals["remark"] = draft
        self._dcrc_step(vals)

    def _collect_figure(self, figures):
        """A measure's figure of the month, its last one, with its year: a dict that stays as it is."""
        told, measure = figures[-1], figures[-1].measure
        return {
            "code": measure.code,
            "name": measure.name,
            "unit": measure.unit,
            "direction": measure.direction,
            "value": told.value,
            "words": told.words,
            "is_open": told.is_open,
            "parts": [[figure.numerator, figure.denominator] for figure in (told, figures[-2], figures[0])],
            "before": figures[-2].value,
            "year_ago": figures[0].value,
            "months": [[str(figure.month)[:7], figure.value] for figure in figures[1:]],
        }

    # -- what the paper shows ----------------------------------------------------

    def _is_absent(self):
        """Whether no room brings anything to this chapter."""
        return not (self.data or {}).get("figures") and not (self.data or {}).get("problems")

    def _get_rows(self):
        """The table of figures: ``[{"name", "value", "before", "year_ago", "why"}]``, as texts."""
        units = {"percent": " %", "days": self.env._(" days")}
        rows = []
        for figure in (self.data or {}).get("figures", []):
            told = {
                name: self._write_value(figure[name], units.get(figure["unit"], ""))
                for name in ("value", "before", "year_ago")
            }
            why = (
                figure["words"]
                if figure["value"] is None
                else self.env._("month still open")
                if figure["is_open"]
                else ""
            )
            rows.append({"name": figure["name"], **told, "why": why})
        return rows

    @api.model
    def _write_value(self, value, unit):
        return "–" if value is None else write(value) + unit

    def _get_chart(self):
        """The year of the chapter's first figure as ``(name, data address of an SVG)``; None: nothing to draw."""
        for figure in (self.data or {}).get("figures", [])[:1]:
            if any(value is not None for _month, value in figure["months"]):
                svg = draw_months([(month[2:], value) for month, value in figure["months"]])
                return figure["name"], "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
        return None
