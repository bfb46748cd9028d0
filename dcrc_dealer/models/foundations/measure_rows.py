from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

ONE_DAY = relativedelta(days=1)


class Measure(models.Model):
    """The rows behind a figure: as a domain for lists, as a SELECT for counting."""

    _inherit = "dcrc.measure"

    def _get_formula(self):
        """How this measure is counted (None when its room is not there)."""
        self.ensure_one()
        return self._get_formulas().get(self.code)

    def _get_part(self, name):
        """The part of a figure: ``numerator``, ``denominator`` or ``excluded`` (None: there is none)."""
        formula = self._get_formula()
        return formula and getattr(formula, name)

    def _get_window(self, start, stop):
        """First and last day that count for the period from `start` to `stop`."""
        months = self._get_formula().months
        return ((stop + ONE_DAY) - relativedelta(months=months), stop) if months else (start, stop)

    # -- lists -------------------------------------------------------------------

    def _get_rows_domain(self, name, companies, start, stop, department=None, user=None):
        """Domain of the rows that make up a part of a figure; its model is `_get_part(name).model`."""
        part = self._get_part(name)
        if not part:
            return Domain.FALSE
        start, stop = self._get_window(start, stop)
        domain = self._get_part_domain(part, companies, start, stop)
        if user:
            domain &= Domain(part.user, "=", user.id) if part.user else Domain.FALSE
        if department:
            domain &= self._get_department_domain(part, department)
        return domain

    def _get_rows_action(self, name, companies, start, stop, department=None, user=None):
        """Action that opens the rows behind a part of a figure, in a list of its model."""
        self.ensure_one()
        self._check_reader(companies)
        part = self._get_part(name)
        if not part:
            raise UserError(self.env._("There are no rows behind “%(name)s”.", name=self.name))
        stop = min(stop, max(company._dcrc_today() for company in companies)) if companies else stop
        domain = self._get_rows_domain(name, companies, start, stop, department, user)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": part.model,
            "views": [(False, "list"), (False, "form")],
            "domain": list(domain.optimize(self.env[part.model])),
            "context": {"active_test": False, "create": False},
        }

    # -- domains -----------------------------------------------------------------

    @api.model
    def _get_part_domain(self, part, companies, start=None, stop=None):
        """Domain of a part's rows of dealers, of the days from `start` to `stop` (None: of all days)."""
        domain = part.domain(start, stop) if callable(part.domain) else part.domain
        domain = Domain(part.company, "in", companies.ids) & Domain(domain)
        if part.until:
            day = start - ONE_DAY if part.on == "start" else stop
            ended = Domain(part.until, "=", False) | Domain(part.until, ">", day)
            return domain & Domain(part.day, "<=", day) & ended
        return domain & self._get_day_domain(part, companies, start, stop) if start else domain

    @api.model
    def _get_day_domain(self, part, companies, start, stop):
        """Domain of the rows of the days from `start` to `stop`, each by its dealer's calendar."""
        if self.env[part.model]._fields[part.day].type == "date":
            return Domain(part.day, ">=", start) & Domain(part.day, "<=", stop)
        parts = []
        for group in companies.grouped(lambda company: company._dcrc_tz()).values():
            begin, end = group[:1]._dcrc_day_bounds(start)[0], group[:1]._dcrc_day_bounds(stop)[1]
            mine = Domain(part.company, "in", group.ids) if len(group) < len(companies) else Domain.TRUE
            parts.append(mine & Domain(part.day, ">=", begin) & Domain(part.day, "<", end))
        return Domain.OR(parts)

    @api.model
    def _get_department_domain(self, part, department):
        """Domain of a department's rows; what goes by kinds belongs to the dealer's first of its kind."""
        if part.department and self.env[part.model]._fields[part.department].type == "many2one":
            return Domain(part.department, "=", department.id)
        kind = department.sudo().kind
        if department != department.sudo()._get_for(kind, department.sudo().company_id):
            return Domain.FALSE
        if part.department:
            return Domain(part.department, "=", kind)
        return Domain.TRUE if part.kind == kind else Domain.FALSE

    # -- SQL ---------------------------------------------------------------------

    @api.model
    def _select_rows(self, part, domain, day=None):
        """SELECT of company_id, department_id, user_id, day and value of a part's rows in `domain`.

        ``value`` is what is told apart (`distinct`), added up (`amount`), or 1.

        :param day: the day that all rows are of (for what stands on a day).
        """
        model = self.env[part.model].sudo().with_context(active_test=False)
        query = model._search(domain, bypass_access=True)

        def column(name):
            return model._field_to_sql(model._table, name, query)

        company = column(part.company)
        value = column(part.distinct or part.amount) if part.distinct or part.amount else SQL("1")
        rows = query.select(
            SQL("%s AS company_id", company),
            SQL("%s AS department", column(part.department) if part.department else SQL("%s", part.kind or None)),
            SQL("%s AS user_id", column(part.user) if part.user else SQL("NULL::integer")),
            SQL("%s AS day", SQL("%s::date", day) if part.until else self._get_day_column(model, part, query, company)),
            SQL("%s AS value", value),
        )
        if part.department and model._fields[part.department].type == "many2one":
            return SQL("SELECT company_id, department AS department_id, user_id, day, value FROM (%s) r", rows)
        return SQL(
            """SELECT r.company_id, d.id AS department_id, r.user_id, r.day, r.value FROM (%s) r
                 LEFT JOIN (SELECT DISTINCT ON (company_id, kind) company_id, kind, id FROM dcrc_department
                             WHERE active AND NOT is_template ORDER BY company_id, kind, sequence, id) d
                   ON d.company_id = r.company_id AND d.kind = r.department::varchar""",
            rows,
        )

    @api.model
    def _get_day_column(self, model, part, query, company):
        """SQL of the day that a row belongs to, by the dealer's calendar."""
        column = model._field_to_sql(model._table, part.day, query)
        if model._fields[part.day].type == "date":
            return column
        alias = query.make_alias(model._table, "dealer")
        query.add_join("JOIN", alias, "res_company", SQL("%s = %s", SQL.identifier(alias, "id"), company))
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date", column, SQL.identifier(alias, "dcrc_tz"))

    @api.model
    def _get_aggregate(self, part, formula, day):
        """SQL of what a part's rows (alias r) come to on the last day."""
        if part.distinct:
            return SQL("COUNT(DISTINCT r.value)")
        aggregate = formula.aggregate if part is formula.numerator else ""
        if aggregate == "median":
            return SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY r.value)")
        if aggregate == "mean":
            return SQL("AVG(r.value)")
        if aggregate == "age":
            return SQL("%s::date - MAX(r.day)", day)
        return SQL("SUM(r.value)")
