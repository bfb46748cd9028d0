from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError


class FigureSheet(models.TransientModel):
    """Figures of a period, of a dealer, a department, a person: all of them on one page, each opens its rows."""

    _name = "dcrc.figure.sheet"
    _description = "Figures"
    _inherit = ["dcrc.period.mixin"]

    department_id = fields.Many2one("dcrc.department", domain="[('company_id', '=', company_id)]")
    user_id = fields.Many2one(
        "res.users", "Person", domain="[('share', '=', False), ('company_ids', 'in', company_id)]"
    )
    line_ids = fields.One2many("dcrc.figure.line", "sheet_id", "Figures")

    @api.depends("company_id")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._("Figures")

    @api.constrains("department_id", "company_id")
    def _check_department(self):
        if any(sheet.department_id and sheet.department_id.company_id != sheet.company_id for sheet in self):
            raise ValidationError(self.env._("Choose a department of this dealer."))

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        sheets._count()
        return sheets

    def write(self, vals):
        result = super().write(vals)
        if {"company_id", "date_from", "date_to", "department_id", "user_id"} & set(vals):
            self._count()
        return result

    @api.model
    def action_show(self):
        """Menu: the figures of the month under way."""
        return self.create({})._get_action()

    def action_month_before(self):
        """Button: the month before."""
        self._move_months(-1)

    def action_month_after(self):
        """Button: the month after."""
        self._move_months(1)

    def _move_months(self, months):
        self.ensure_one()
        first = self.date_from.replace(day=1) + relativedelta(months=months)
        self.write({"date_from": first, "date_to": first + relativedelta(months=1, days=-1)})

    def _get_action(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer_reports.figure_sheet_action")
        return {**action, "res_id": self.id}

    def _count(self):
        """Count all measures for the period, and for that before it and a year ago."""
        measures = self.env["dcrc.measure"]._find()
        for sheet in self:
            if sheet.company_id not in self.env.companies:
                raise AccessError(self.env._("You may not see the figures of this dealer."))
            periods = sheet._get_periods()
            found = [sheet._get_figures(measures, *period) for period in periods]
            sheet.line_ids.sudo().unlink()
            self.env["dcrc.figure.line"].sudo().create(
                [sheet._prepare_line(*figures) for figures in zip(*found, strict=True)]
            )

    def _get_periods(self):
        """The period, the one before it of the same length, and the same a year ago."""
        first, last = self.date_from, self.date_to
        if first.day == 1 and (last + relativedelta(days=1)).day == 1:
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            before = first - relativedelta(months=months)
        else:
            before = first - (last - first) - relativedelta(days=1)
        year = relativedelta(years=1)
        return [(first, last), (before, first - relativedelta(days=1)), (first - year, self._get_year_ago(last))]

    def _get_year_ago(self, last):
        """The same day a year ago; the last day of a month stays the last (29 February)."""
        ends_month = (last + relativedelta(days=1)).day == 1
        return last - relativedelta(years=1) + (relativedelta(day=31) if ends_month else relativedelta())

    def _get_figures(self, measures, first, last):
        return measures._get_figures(self.company_id, first, last, department=self.department_id, user=self.user_id)

    def _prepare_line(self, figure, before, year_ago):
        measure = figure.measure
        show = measure._show_value
        return {
            "sheet_id": self.id,
            "measure_id": measure.id,
            "value_text": show(figure.value),
            "before_text": show(before.value),
            "year_text": show(year_ago.value),
            "numerator": figure.numerator or 0,
            "denominator": figure.denominator or 0,
            "excluded": figure.excluded,
            "state": figure.state,
            "words": figure.words or (self.env._("Not over yet") if figure.is_open else False),
            "trend": self._get_trend(measure, figure.value, before.value),
        }

    def _get_trend(self, measure, value, before):
        """Whether it became better or worse, False where nothing can be said."""
        if value is None or before is None or measure.direction == "none" or value == before:
            return False
        return "better" if (value > before) == (measure.direction == "up") else "worse"
