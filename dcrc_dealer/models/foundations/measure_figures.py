from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from .measure import Figure

NOBODY = (None, None, None)


class Measure(models.Model):
    """Counting: one call for all measures, dealers and groups, in a number of queries that no dealer adds to."""

    _inherit = "dcrc.measure"

    def _get_figures(self, companies, start, stop, by=(), department=None, user=None):
        """What these measures come to at `companies`, for what is of the days `start` to `stop`, both counted.

        A period that is not over is counted up to today. What is kept by day is added up from
        `dcrc.measure.fact`; what has changed since, and what does not add up, is counted from its rows.

        :param companies: dealers whose figures the user may see (AccessError).
        :param by: any of ``department``, ``user``, ``month``: told apart by them besides. Without, every measure has
            one figure for each dealer, also when there is nothing to count.
        :param department: only what belongs to this department; `user`: to this person.
        :return: list of `Figure`, by measure and dealer in the order given
        """
        self._check_reader(companies)
        if start > stop:
            raise UserError(self.env._("The period ends before it begins."))
        self.env.flush_all()  # what is not written yet would not be marked as changed
        counted = {}
        for today, group in companies.grouped(lambda company: company._dcrc_today()).items():
            if start <= today:
                counted.update(self._count(group, start, min(stop, today), by, department, user))
        figures = []
        for measure in self:
            for company in companies:
                groups = counted.get((measure, company.id), {})
                for key in [NOBODY] if not by else sorted(groups, key=str):
                    figures.append(measure._make_figure(company, key, groups.get(key), start, stop, department, user))
        return figures

    def _get_months(self, companies, first, last, department=None, user=None):
        """Figures of each month from that of `first` to that of `last`, for what adds up and what does not.

        :return: list of `Figure` with ``month`` set
        """
        figures, month = [], first.replace(day=1)
        while month <= last:
            stop = month + relativedelta(months=1, days=-1)
            found = self._get_figures(companies, month, stop, (), department, user)
            figures += [figure._replace(month=month) for figure in found]
            month += relativedelta(months=1)
        return figures

    # -- counting ----------------------------------------------------------------

    def _count(self, companies, start, stop, by, department, user):
        """``{(measure, dealer's id): {(department, user, month): [numerator, denominator, excluded]}}``"""
        found = {}
        stale = self._get_stale(companies)
        kept = self.filtered(lambda measure: measure._is_kept())
        kept._add(found, kept._read_facts(companies, start, stop, by, department, user, stale))
        for measure in self:
            behind = self.env["res.company"].browse([dealer for dealer, number in stale if number == measure.id])
            rest = companies & behind if measure in kept else companies
            if rest and measure._get_formula():
                measure._add(found, measure._read_rows(rest, start, stop, by, department, user))
        return found

    def _add(self, found, rows):
        for measure_id, company_id, key, place, value in rows:
            if value is not None:
                groups = found.setdefault(
                    (self.browse(measure_id), company_id), defaultdict(lambda: [None, None, None])
                )
                groups[key][place] = (groups[key][place] or 0) + value

    def _read_rows(self, companies, start, stop, by, department, user):
        """Count the rows themselves: one query a part."""
        formula, found = self._get_formula(), []
        window = self._get_window(start, stop)
        for place, (name, part) in enumerate(formula.parts()):
            domain = self._get_rows_domain(name, companies, start, stop, department, user)
            query = SQL(
                "SELECT r.company_id, %s, %s FROM (%s) r GROUP BY 1, 2, 3, 4",
                self._get_keys(by),
                self._get_aggregate(part, formula, window[1]),
                self._select_rows(part, domain, window[1]),
            )
            place = ("numerator", "denominator", "excluded").index(name)
            found += [(self.id, row[0], row[1:4], place, row[4]) for row in self.env.execute_query(query)]
        return found

    def _get_keys(self, by):
        """SQL of the three columns by which rows r are told apart."""
        columns = {"department": "r.department_id", "user": "r.user_id"}
        keys = [SQL(columns[name]) if name in by else SQL("NULL::integer") for name in columns]
        month = SQL("date_trunc('month', r.day)::date") if "month" in by else SQL("NULL::date")
        return SQL("%s, %s, %s", *keys, month)

    # -- what it says --------------------------------------------------------------

    def _make_figure(self, company, key, counts, start, stop, department=None, user=None):
        """A `Figure` of counts (None: nothing was counted), with its state."""
        formula = self._get_formula()
        numerator, denominator, excluded = counts or (None, None, None)
        today = company._dcrc_today()
        department_id, user_id, month = key
        if formula:
            window = self._get_window(start, stop)
            if not formula.blank and not formula.aggregate:
                numerator = numerator or 0
            denominator = (denominator or 0) if formula.denominator else None
        else:
            window = (start, stop)
        state, words, value = self._get_value(company, formula, numerator, denominator, stop, department, user)
        return Figure(
            measure=self,
            company=company,
            department_id=department_id or (department.id if department else None),
            user_id=user_id or (user.id if user else None),
            month=month,
            numerator=numerator,
            denominator=denominator,
            excluded=excluded or 0,
            value=value,
            state=state,
            words=words,
            is_open=stop >= today,
            start=window[0],
            stop=stop,
            until=min(stop, today),
        )

    def _get_value(self, company, formula, numerator, denominator, stop, department, user):
        """``(state, words, value)``: a figure that says nothing says why."""
        absent = self._get_absence(company, formula, department, user)
        if absent:
            return "absent", absent, None
        if denominator == 0 or denominator is None and numerator is None:
            return "none", self._get_none_words(formula), None
        minimum = company.sudo().dcrc_rate_minimum
        if denominator is not None and self.unit == "percent" and denominator < minimum:
            words = self.env._("%(count)s cases, %(needed)s needed", count=int(denominator), needed=minimum)
            return "few", words, None
        if formula.settles:
            known = fields.Date.add(stop.replace(day=1), months=1, days=company.sudo()[formula.settles])
            if company._dcrc_today() < known:
                day = format_date(self.env, known)
                return "open", self.env._("Known from %(day)s on", day=day), None
        if denominator is None:
            return "ok", "", float(numerator)
        return "ok", "", (100.0 if self.unit == "percent" else 1.0) * numerator / denominator

    def _get_none_words(self, formula):
        return self.env._("Nothing was entered") if formula.blank else self.env._("No case in this period")

    def _get_absence(self, company, formula, department, user):
        """Why there can be no such figure, in words ("" when there can)."""
        if not formula:
            return self.env._("The part of the center that it comes from is not installed")
        if formula.room and formula.room in company._dcrc_rooms() and not company._dcrc_has_room(formula.room):
            return self.env._("The dealer does without this part of the center")
        if user and not formula.numerator.user:
            return self.env._("Not told apart by person")
        if department and not (formula.numerator.department or formula.numerator.kind):
            return self.env._("Not told apart by department")
        return ""

    def _show_value(self, value):
        """A value in words: with its unit, "–" where there is none."""
        if value is None:
            return "–"
        number = f"{value:,.1f}" if self.unit == "percent" else f"{value:,.2f}".rstrip("0").rstrip(".")
        return f"{number} %" if self.unit == "percent" else number

    # -- what left the base ----------------------------------------------------------

    def _get_reasons(self, companies, start, stop, department=None, user=None):
        """What left the base of this measure, by its reason.

        :return: ``[{"company_id", "key" (value of the field), "label", "count", "domain"}]``, most first
        """
        self.ensure_one()
        self._check_reader(companies)
        formula = self._get_formula()
        if not formula or not formula.excluded or not formula.reason:
            return []
        part = formula.excluded
        model = self.env[part.model].sudo().with_context(active_test=False)
        domain = self._get_rows_domain("excluded", companies, start, stop, department, user)
        field, found = model._fields[formula.reason], []
        words = dict(field._description_selection(self.env)) if field.type == "selection" else {}
        for company, reason, count in model._read_group(domain, [part.company, formula.reason], ["__count"]):
            key = reason.id if isinstance(reason, models.BaseModel) else reason
            label = reason.display_name if isinstance(reason, models.BaseModel) else words.get(reason)
            mine = Domain(part.company, "=", company.id) & Domain(formula.reason, "=", key or False)
            found.append(
                {
                    "company_id": company.id,
                    "key": key,
                    "label": label or self.env._("No reason known"),
                    "count": count,
                    "domain": domain & mine,
                }
            )
        return sorted(found, key=lambda reason: -reason["count"])

    # -- facts -----------------------------------------------------------------------

    def _is_kept(self):
        """Whether facts by day are kept for this measure."""
        formula = self._get_formula()
        return bool(formula and formula.daily)

    def _get_stale(self, companies):
        """``{(dealer's id, measure's id)}`` whose facts are behind."""
        return self.env["dcrc.measure.mark"].sudo()._get_pending(companies)

    def _read_facts(self, companies, start, stop, by, department, user, stale):
        """Add up what is kept by day: one query for all measures and dealers."""
        where = [SQL("r.day BETWEEN %s AND %s", start, stop)]
        if department:
            where.append(SQL("r.department_id = %s", department.id))
        if user:
            where.append(SQL("r.user_id = %s", user.id))
        fresh = [(c.id, m.id) for c in companies for m in self if (c.id, m.id) not in stale]
        rows = self.env.execute_query(
            SQL(
                """SELECT r.measure_id, r.company_id, %s, SUM(r.numerator), SUM(r.denominator), SUM(r.excluded)
                     FROM dcrc_measure_fact r
                     JOIN unnest(%s::integer[], %s::integer[]) AS f(company_id, measure_id)
                       ON f.company_id = r.company_id AND f.measure_id = r.measure_id
                    WHERE %s GROUP BY 1, 2, 3, 4, 5""",
                self._get_keys(by),
                [company for company, _measure in fresh],
                [measure for _company, measure in fresh],
                SQL(" AND ").join(where),
            )
        )
        return [(row[0], row[1], row[2:5], place, row[5 + place]) for row in rows for place in range(3)]
