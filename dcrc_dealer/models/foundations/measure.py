from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from ...tools.given import Day, Each, Id, OneOf, Text, given

STATES = [
    ("ok", "Known"),
    ("none", "No data"),
    ("few", "Too few cases"),
    ("open", "Not known yet"),
    ("absent", "Not available"),
]
GROUPS = ("department", "user", "month")


class Figure(NamedTuple):
    """What a measure comes to: for a dealer, and a department, a person, a month where it was told apart by them.

    ``value`` is in the measure's unit, None wherever nothing can be said: then ``words`` says why (`STATES`).
    ``is_open``: the period is not over, the value may still change. ``until`` is the last day counted.
    """

    measure: models.BaseModel
    company: models.BaseModel
    department_id: int | None
    user_id: int | None
    month: object
    numerator: float | None
    denominator: float | None
    excluded: float
    value: float | None
    state: str
    words: str
    is_open: bool
    start: object
    stop: object
    until: object


class Measure(models.Model):
    """A figure of the centre: what it is called, how it is counted, and the one way to count it.

    A room declares how its figures are counted in `_measures` (`tools/measure.py` has the words for it) and ships a
    record with the same code for each. Screens, papers, workbooks, dashboards and pay ask `_get_figures`,
    the list behind a figure is `_get_rows_domain`'s: nothing is counted anywhere else. How the counting is done is in
    `measure_figures.py`, what is kept by day in `measure_fact.py`.
    """

    _name = "dcrc.measure"
    _description = "Measure"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Stays the same in every version and language.")
    sequence = fields.Integer(default=10)
    unit = fields.Selection(
        [("percent", "Percent"), ("count", "Number"), ("days", "Days"), ("points", "Points")],
        required=True,
        default="percent",
    )
    direction = fields.Selection(
        [("up", "More is better"), ("down", "Less is better"), ("none", "Neither")], required=True, default="up"
    )
    period = fields.Selection(
        [
            ("days", "Adds up from days"),
            ("period", "Counted for the period as a whole"),
            ("months", "Months up to the period's end"),
            ("moment", "As it stands at the period's end"),
        ],
        "Kind of Period",
        required=True,
        default="days",
    )
    formula = fields.Text(required=True, translate=True, help="How it is counted, in words.")
    source = fields.Char("Data Source", translate=True, help="Where its rows come from.")
    rule = fields.Char("Handbook", help="Number of the rule that asks for it.")
    version = fields.Integer(compute="_compute_version", help="Counts up when the way of counting changes.")
    built_version = fields.Integer("Version of the Facts", readonly=True)

    _code_once = models.UniqueIndex("(code)", "There is a measure with this code.")

    def _compute_version(self):
        formulas = self._get_formulas()
        for measure in self:
            measure.version = formulas[measure.code].version if measure.code in formulas else 0

    @api.model
    def _measures(self):
        """Extension point: ``{code: Formula}`` of all measures; a room adds its own by ``super()``."""
        return {}

    @api.model
    @tools.ormcache()
    def _get_formulas(self):
        """`_measures`, kept: it is asked for each of many figures."""
        return self._measures()

    @api.model
    def _find(self, codes=None):
        """The measures with these codes in their order (None: all that can be counted); UserError for a code
        that there is not."""
        formulas = self._get_formulas()
        known = self.sudo().search([("code", "in", list(formulas))]).sudo(False)
        if codes is None:
            return known
        by_code = {measure.code: measure for measure in known}
        missing = [code for code in codes if code not in by_code]
        if missing:
            raise UserError(self.env._("There is no measure “%(code)s”.", code=missing[0]))
        return self.browse([by_code[code].id for code in codes])

    # -- for clients -------------------------------------------------------------

    @api.model
    @api.readonly
    @given(
        codes=Each(Text),
        start=Day,
        stop=Day,
        company_ids=Each(Id("res.company")),
        department_id=Id("dcrc.department"),
        user_id=Id("res.users"),
        by=Each(OneOf(*GROUPS)),
    )
    def get_figures(self, codes, start, stop, company_ids=None, department_id=None, user_id=None, by=None):
        """Figures of a period, both days counted.

        :param codes: codes of measures; None: all.
        :param company_ids: dealers; None: those that the user works with now.
        :param by: told apart by ``department``, ``user``, ``month`` besides.
        :return: ``[{"code", "name", "unit", "direction", "company_id", "department_id", "user_id", "month",
            "numerator", "denominator", "excluded", "value" (None: nothing can be said), "state", "words" (why),
            "is_open", "start", "stop", "until"}]``; days as ISO texts
        """
        companies = self.env["res.company"].browse(company_ids or self.env.companies.ids)
        figures = self._find(codes)._get_figures(
            companies.filtered("dcrc_dealer"),
            fields.Date.to_date(start),
            fields.Date.to_date(stop),
            by=tuple(by or ()),
            department=self.env["dcrc.department"].browse(department_id or ()),
            user=self.env["res.users"].browse(user_id or ()),
        )
        return [self._prepare_figure(figure) for figure in figures]

    @api.model
    @api.readonly
    @given(
        code=Text,
        part=OneOf("numerator", "denominator", "excluded"),
        start=Day,
        stop=Day,
        company_ids=Each(Id("res.company")),
        department_id=Id("dcrc.department"),
        user_id=Id("res.users"),
    )
    def get_rows_action(self, code, part, start, stop, company_ids=None, department_id=None, user_id=None):
        """An action that opens the rows behind a figure's part: the very rows that were counted."""
        measure = self._find([code])
        companies = self.env["res.company"].browse(company_ids or self.env.companies.ids)
        return measure._get_rows_action(
            part,
            companies.filtered("dcrc_dealer"),
            fields.Date.to_date(start),
            fields.Date.to_date(stop),
            department=self.env["dcrc.department"].browse(department_id or ()),
            user=self.env["res.users"].browse(user_id or ()),
        )

    def _prepare_figure(self, figure):
        """A figure as JSON takes it."""
        values = figure._asdict()
        measure, company = values.pop("measure"), values.pop("company")
        days = {name: str(values[name]) if values[name] else None for name in ("month", "start", "stop", "until")}
        head = {"code": measure.code, "name": measure.name, "unit": measure.unit, "direction": measure.direction}
        return {**head, **values, **days, "company_id": company.id}

    @api.model
    def _check_reader(self, companies):
        """Figures are for those who read the dealer's files, of their own dealers."""
        if self.env.su:
            return
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_reader") or companies - self.env.companies:
            raise AccessError(self.env._("You may not see the figures of this dealer."))
