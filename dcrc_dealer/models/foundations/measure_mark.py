from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.measure import spans
from .worker import Busy, Worker, try_lock

LOCK_KEY = 330335  # namespace of the advisory lock; the number is the dealer's
BATCH = 5000
REBUILD = "rebuild"  # a mark for a whole measure: its definition changed, or it is new


class MeasureMark(models.Model):
    """Something that facts stand on has changed: the days to be counted anew.

    The database itself marks, by a trigger for each statement on the tables that measures watch
    (`Formula.watches`): the planner, the lists and the merging of customers write by SQL, and no override would
    see them. A mark holds the watched columns as they were before and after, so that a paper whose day is corrected
    changes the old day and the new one. Marks are worked off every few minutes; until then figures of what is
    marked are counted from the rows (`dcrc.measure._get_figures`).
    """

    _name = "dcrc.measure.mark"
    _description = "Day to Count Anew"
    _log_access = False
    _order = "id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True, ondelete="cascade")
    table_name = fields.Char(required=True, readonly=True)
    row = fields.Json(readonly=True)

    # -- triggers ----------------------------------------------------------------

    @api.model
    def _install(self):
        """Set up the triggers of all watched tables, and have new and changed measures counted (at every update)."""
        for table, watched in self._get_watched().items():
            self._install_trigger(table, *watched)
        measures = self.env["dcrc.measure"].search([("code", "!=", False)])
        for measure in measures.filtered(lambda m: m.version != m.built_version):
            self._mark_rebuild(measure, self.env["res.company"]._dcrc_dealers())
            measure.built_version = measure.version

    @api.model
    def _uninstall(self):
        """Take the triggers off tables that stay."""
        for table in self._get_watched():
            self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(f"dcrc_mark_{table}")))

    @api.model
    def _get_watched(self):
        """``{table: (columns kept in marks, further columns, column of the dealer)}`` of all that measures watch."""
        found = {}
        for formula in self.env["dcrc.measure"]._get_formulas().values():
            for watch in formula.watches:
                keys, others, _company = found.setdefault(watch.table, (set(), set(), watch.company))
                keys.update(watch.keys)
                others.update(watch.others)
        return {table: (sorted(keys), sorted(others), company) for table, (keys, others, company) in found.items()}

    @api.model
    def _mark_rebuild(self, measure, companies):
        """Have a measure's facts of dealers made anew from nothing."""
        self.sudo().create(
            [
                {"company_id": company.id, "table_name": REBUILD, "row": {"measure": measure.code}}
                for company in companies
            ]
        )

    def _install_trigger(self, table, keys, others, company):
        function = SQL.identifier(f"dcrc_mark_{table}")

        def select(alias):
            pairs = SQL(", ").join(SQL("%s, %s", name, SQL.identifier(alias, name)) for name in keys)
            return SQL("%s, jsonb_build_object(%s)", SQL.identifier(alias, company), pairs)

        def row(alias):
            names = dict.fromkeys([company, *keys, *others])
            return SQL("ROW(%s)", SQL(", ").join(SQL.identifier(alias, name) for name in names))

        into = SQL(
            "INSERT INTO dcrc_measure_mark (table_name, company_id, row) SELECT DISTINCT %s, v.company_id, v.row", table
        )
        self._create_function(function, into, select, row)
        self._create_triggers(function, table)

    def _create_function(self, function, into, select, row):
        self.env.cr.execute(
            SQL(
                """CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger LANGUAGE plpgsql AS $dcrc$
                   BEGIN
                       IF TG_OP = 'INSERT' THEN
                           %(into)s FROM (SELECT %(new)s FROM new_rows n) v(company_id, row)
                            WHERE v.company_id IS NOT NULL;
                       ELSIF TG_OP = 'DELETE' THEN
                           %(into)s FROM (SELECT %(old)s FROM old_rows o) v(company_id, row)
                            WHERE v.company_id IS NOT NULL;
                       ELSE
                           %(into)s FROM old_rows o JOIN new_rows n ON n.id = o.id
                            CROSS JOIN LATERAL (VALUES (%(old)s), (%(new)s)) v(company_id, row)
                            WHERE v.company_id IS NOT NULL AND %(old_row)s IS DISTINCT FROM %(new_row)s;
                       END IF;
                       RETURN NULL;
                   END $dcrc$""",
                function=function,
                into=into,
                new=select("n"),
                old=select("o"),
                new_row=row("n"),
                old_row=row("o"),
            )
        )

    def _create_triggers(self, function, table):
        tables = {
            "insert": "NEW TABLE AS new_rows",
            "update": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
            "delete": "OLD TABLE AS old_rows",
        }
        for event, referencing in tables.items():
            self.env.cr.execute(
                SQL(
                    "CREATE OR REPLACE TRIGGER %s AFTER %s ON %s REFERENCING %s"
                    " FOR EACH STATEMENT EXECUTE FUNCTION %s()",
                    SQL.identifier(f"dcrc_mark_{event}"),
                    SQL(event),
                    SQL.identifier(table),
                    SQL(referencing),
                    function,
                )
            )

    # -- working off ---------------------------------------------------------------

    @api.model
    def _cron_refresh(self):
        """Every few minutes: count anew what has changed, dealer by dealer."""
        worker = Worker(self.env)
        dealers = self.env["res.company"].browse(row[0].id for row in self.sudo()._read_group([], ["company_id"]))
        worker.run(dealers, lambda dealer: worker.drain(self._refresh_batch, dealer))

    @api.model
    def _refresh_batch(self, company):
        """Work off the dealer's oldest marks; return whether there were any."""
        if not try_lock(self.env, LOCK_KEY, company.id):
            raise Busy("facts of this dealer are being counted already")
        marks = self.sudo().search([("company_id", "=", company.id)], limit=BATCH)
        if marks:
            self._refresh_marked(company, marks)
            marks.unlink()
        return bool(marks)

    @api.model
    def _refresh_all(self, companies):
        """Bring the facts of dealers up to date at once (for tests, the demo and the closing of a month)."""
        self.env.flush_all()
        for company in companies:
            while self._refresh_batch(company):
                pass

    def _refresh_marked(self, company, marks):
        facts = self.env["dcrc.measure.fact"]
        tables = set(marks.mapped("table_name"))
        anew = {mark.row["measure"] for mark in marks if mark.table_name == REBUILD}
        for measure in self.env["dcrc.measure"]._find():
            formula = measure._get_formula()
            if measure.code in anew:
                facts._refresh(measure, company)
                continue
            days = set()
            for watch in formula.watches if formula.daily else ():
                if watch.table in tables:
                    days |= self._get_days(watch, company, marks)
            if days:
                facts._refresh(measure, company, spans(days))

    def _get_days(self, watch, company, marks):
        """Days on which what a watch saw changes facts."""
        rows = self.env.execute_query(
            SQL(
                """WITH m AS (SELECT company_id, row FROM dcrc_measure_mark WHERE id = ANY(%s) AND table_name = %s)
                   SELECT DISTINCT d.day FROM (%s) d(company_id, day) WHERE d.day IS NOT NULL AND d.company_id = %s""",
                marks.ids,
                watch.table,
                SQL(watch.days),
                company.id,
            )
        )
        return {day for (day,) in rows}

    @api.model
    def _get_pending(self, companies):
        """``{(dealer's id, measure's id)}``: facts that something has changed since they were counted."""
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT company_id, table_name, row->>'measure' FROM dcrc_measure_mark
                    WHERE company_id = ANY(%s)""",
                companies.ids,
            )
        )
        watching = defaultdict(set)
        for measure in self.env["dcrc.measure"]._find():
            watching[measure.code].add(measure.id)
            for watch in measure._get_formula().watches:
                watching[watch.table].add(measure.id)
        return {(company, measure) for company, table, code in rows for measure in watching[code or table]}
