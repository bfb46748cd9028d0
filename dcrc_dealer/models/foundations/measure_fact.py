from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

SUMS = ("numerator", "denominator")


class MeasureFact(models.Model):
    """What a measure came to on a day, for a dealer, a department and a person.

    Facts are no second truth: they are the rows of `dcrc.measure._select_rows`, summed by day, made anew for the
    days on which something changed (`dcrc.measure.mark`), and thrown away and made again without any difference.
    Only what adds up has facts; a rate is that of the sums.
    """

    _name = "dcrc.measure.fact"
    _description = "Figure of a Day"
    _order = "day desc, measure_id, id"
    _log_access = False
    _check_company_auto = True

    measure_id = fields.Many2one("dcrc.measure", required=True, index=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True, ondelete="cascade")
    day = fields.Date(required=True, readonly=True, help="On the dealer's calendar.")
    department_id = fields.Many2one("dcrc.department", readonly=True, index="btree_not_null", ondelete="cascade")
    user_id = fields.Many2one("res.users", "Person", readonly=True, ondelete="restrict")
    numerator = fields.Float("Counted", readonly=True)
    denominator = fields.Float("Base", readonly=True)
    excluded = fields.Float("Out of the base", readonly=True)
    rate = fields.Float("Rate (%)", compute="_compute_rate", digits=(5, 1), aggregator="avg")

    _once = models.UniqueIndex("(company_id, measure_id, day, COALESCE(department_id, 0), COALESCE(user_id, 0))")
    _day_idx = models.Index("(company_id, day)")

    @api.depends("numerator", "denominator")
    def _compute_rate(self):
        for fact in self:
            fact.rate = 100.0 * fact.numerator / fact.denominator if fact.denominator else False

    def _field_to_sql(self, alias, field_expr, query=None):
        if field_expr == "rate":
            numerator, denominator = (self._field_to_sql(alias, name, query) for name in ("numerator", "denominator"))
            return SQL("100.0 * %s / NULLIF(%s, 0)", numerator, denominator)
        return super()._field_to_sql(alias, field_expr, query)

    def _read_group_select(self, aggregate_spec, query):
        """The rate of several days is that of their sums; of too few cases it says nothing (REM-7)."""
        if aggregate_spec != "rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        counted, base = (super(MeasureFact, self)._read_group_select(f"{name}:sum", query) for name in SUMS)
        return SQL(
            "CASE WHEN %s >= %s THEN 100.0 * %s / %s END",
            base,
            self.env.company.sudo().dcrc_rate_minimum or 1,
            counted,
            base,
        )

    # -- making ------------------------------------------------------------------

    @api.model
    def _refresh(self, measure, company, spans=None):
        """Make a measure's facts of a dealer anew: of all days, or of `spans` (``[(first, last)]`` days)."""
        mine = Domain("measure_id", "=", measure.id) & Domain("company_id", "=", company.id)
        days = [Domain("day", ">=", first) & Domain("day", "<=", last) for first, last in spans or ()]
        old = self.sudo()._search(mine & (Domain.OR(days) if spans is not None else Domain.TRUE))
        self.env.cr.execute(SQL("DELETE FROM dcrc_measure_fact WHERE id IN %s", old.subselect()))
        formula = measure._get_formula()
        if not formula or not formula.daily:
            return
        self.env.cr.execute(
            SQL(
                """INSERT INTO dcrc_measure_fact (measure_id, company_id, day, department_id, user_id,
                                                  numerator, denominator, excluded)
                   SELECT %s, s.* FROM (%s) s""",
                measure.id,
                self._select_sums(measure, company, spans),
            )
        )
        self.invalidate_model()

    @api.model
    def _select_sums(self, measure, companies, spans=None):
        """SELECT of company_id, day, department_id, user_id and the sums of a measure's rows."""
        names = [name for name, _part in measure._get_formula().parts()]
        return SQL(
            """SELECT r.company_id, r.day, r.department_id, r.user_id,
                      SUM(r.numerator) AS numerator, SUM(r.denominator) AS denominator, SUM(r.excluded) AS excluded
                 FROM (%s) r WHERE r.day IS NOT NULL GROUP BY 1, 2, 3, 4""",
            SQL(" UNION ALL ").join(self._select_part(measure, name, companies, spans) for name in names),
        )

    def _select_part(self, measure, name, companies, spans):
        part = measure._get_part(name)
        measure = measure.with_company(companies[:1])
        domain = measure._get_part_domain(part, companies)
        if spans is not None:
            domain &= Domain.OR(measure._get_day_domain(part, companies, first, last) for first, last in spans)
        value = SQL("CASE WHEN r.value IS NOT NULL THEN 1 ELSE 0 END") if part.distinct else SQL("r.value")
        return SQL(
            "SELECT r.company_id, r.day, r.department_id, r.user_id, %s FROM (%s) r",
            SQL(", ").join(
                SQL("%s AS %s", value if column == name else SQL("0"), SQL.identifier(column))
                for column in (*SUMS, "excluded")
            ),
            measure._select_rows(part, domain),
        )
