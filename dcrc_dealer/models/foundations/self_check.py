"""Invariants of the whole data, looked at every night and whenever a manager asks."""

import logging
from typing import NamedTuple

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .worker import Busy, Worker, try_lock

_logger = logging.getLogger(__name__)
KEPT_ROWS = 1000  # of one invariant, to be opened and compared with the next run
KEPT_DAYS = 400
LOCK_KEY = 330334  # namespace of the advisory lock


class Check(NamedTuple):
    """An invariant: the handbook's rule, what holds, and the rows that break it.

    ``rows``: ``{model: SELECT of id and company_id}``; the SELECT finds the rows of all dealers.
    """

    rule: str
    label: str
    rows: dict


class SelfCheck(models.Model):
    """What one run found of one invariant at one dealer; a clean one is kept, too.

    Each room declares its invariants in `_self_checks`. They are written independently of the code
    that is to keep them, in sets, and take their time from `fields.Datetime.now()`.
    """

    _name = "dcrc.self.check"
    _description = "Self-check"
    _order = "date desc, count desc, rule, id"
    _rec_name = "label"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    date = fields.Datetime("Checked", required=True, readonly=True)
    latest = fields.Boolean("Last run", readonly=True)
    key = fields.Char(required=True, readonly=True)
    rule = fields.Char(readonly=True, help="Number in the handbook.")
    label = fields.Char("What must hold", compute="_compute_label", search="_search_label")
    res_model = fields.Char("Kind of rows", readonly=True)
    count = fields.Integer("Found", readonly=True)
    new_count = fields.Integer("Newly Found", readonly=True, help="Not found by the run before.")
    row_ids = fields.Json(readonly=True)
    problem = fields.Char("Could not be checked", readonly=True)

    _once = models.UniqueIndex("(company_id, date, key, COALESCE(res_model, ''))", "This was checked already.")
    _latest_idx = models.Index("(company_id) WHERE latest")

    @api.model
    def _self_checks(self):
        """Extension point: ``{key: Check}`` of all invariants; a room adds its own by ``super()``."""
        return {}

    @api.depends_context("lang")
    @api.depends("key")
    def _compute_label(self):
        checks = self._self_checks()
        for line in self:
            line.label = checks[line.key].label if line.key in checks else line.key

    @api.model
    def _search_label(self, operator, value):
        if operator not in ("ilike", "in"):
            return NotImplemented
        words = [value] if operator == "ilike" else value
        found = [
            key
            for key, check in self._self_checks().items()
            if any(str(word or "").lower() in check.label.lower() for word in words)
        ]
        return Domain("key", "in", found)

    # -- looking ---------------------------------------------------------------

    @api.model
    def _find(self, companies, keys=None):
        """Look at the data; nothing is written.

        :return: ``[{"company", "key", "rule", "res_model", "count", "row_ids", "problem"}]``, a line for every
            kind of rows that breaks an invariant, and one with count 0 for what holds.
        """
        self.env.flush_all()
        lines = []
        for key, check in self.sudo()._self_checks().items():
            if keys is None or key in keys:
                lines += self._find_one(companies, key, check)
        return lines

    def _find_one(self, companies, key, check):
        found, problem = {}, False
        try:
            with self.env.cr.savepoint(flush=False):
                for model, rows in check.rows.items():
                    found.update(self._query_rows(companies, model, rows))
        except Exception as error:  # one that can't be checked keeps no other from it
            _logger.exception("self-check %s failed", key)
            found, problem = {}, str(error).strip().splitlines()[0]
        lines = []
        for company in companies:
            mine = [(model, *rows) for (dealer, model), rows in found.items() if dealer == company.id]
            for model, count, ids in mine or [(False, 0, [])]:
                line = {"company": company, "key": key, "rule": check.rule, "problem": problem}
                lines.append({**line, "res_model": model, "count": count, "row_ids": ids})
        return lines

    def _query_rows(self, companies, model, rows):
        """``{(dealer, model): (count, the first ids)}``"""
        groups = self.env.execute_query(
            SQL(
                """SELECT x.company_id, COUNT(*), (ARRAY_AGG(x.id ORDER BY x.id))[1:%s]
                     FROM (SELECT DISTINCT y.id, y.company_id FROM (%s) y WHERE y.company_id = ANY(%s)) x
                    GROUP BY 1""",
                KEPT_ROWS,
                rows,
                companies.ids,
            )
        )
        return {(dealer, model): (count, ids) for dealer, count, ids in groups}

    # -- keeping ---------------------------------------------------------------

    @api.model
    def _run(self, companies):
        """Check `companies`, keep what was found, tell their managers what is new; return the lines."""
        date = fields.Datetime.now()
        model = self.sudo()
        before = model.search([("company_id", "in", companies.ids), ("latest", "=", True)])
        known = {(line.company_id.id, line.key, line.res_model): line for line in before}
        lines = model.browse()
        for found in self._find(companies):
            company = found.pop("company")
            last = known.get((company.id, found["key"], found["res_model"]))
            new = self._count_new(found, last)
            lines |= model.create({**found, "company_id": company.id, "date": date, "latest": True, "new_count": new})
        before.latest = False
        for company, mine in lines.grouped("company_id").items():
            mine._tell(company)
        return lines

    def _count_new(self, found, last):
        """How many of the rows found were not there in the run before."""
        if not last:
            return found["count"]
        kept = found["row_ids"]
        further = (found["count"] - len(kept)) - (last.count - len(last.row_ids or []))
        return len(set(kept) - set(last.row_ids or [])) + max(0, further)

    def _tell(self, company):
        """Tell the dealer's managers what is new, each in the own language."""
        new = self.filtered(lambda line: line.new_count or line.problem)
        for manager in company._dcrc_managers() if new else ():
            lines = new.with_context(lang=manager.lang or company.partner_id.lang)
            items = Markup().join(
                Markup("<li>%s %s: %s</li>") % (line.rule, line.label, line.problem or line.new_count) for line in lines
            )
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=manager.partner_id.ids,
                subject=lines.env._("The self-check found something new"),
                body=Markup("<ul>%s</ul><p><a href='%s/odoo/dcrc-self-check'>%s</a></p>")
                % (items, company.get_base_url(), lines.env._("Open the self-check")),
                email_layout_xmlid="mail.mail_notification_light",
            )

    @api.model
    def _cron_check(self):
        """Every night: all dealers, one invariant after the other."""
        worker = Worker(self.env)
        worker.run([self.env["res.company"]._dcrc_dealers()], lambda dealers: worker.attempt(self._check_all, dealers))

    @api.model
    def _check_all(self, companies):
        if not try_lock(self.env, LOCK_KEY, 0):
            raise Busy("a self-check is running already")
        self._run(companies)

    @api.autovacuum
    def _gc_old(self):
        """What was found long ago is history."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.sudo().search([("date", "<", before), ("latest", "=", False)], limit=10000).unlink()

    # -- buttons ---------------------------------------------------------------

    def action_check_now(self):
        """Button: check the user's own dealers at once, whatever is chosen in the list."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("A manager runs the self-check; it runs every night by itself."))
        self._run(self.env.companies.filtered("dcrc_dealer"))
        return self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.self_check_action")

    def action_open_rows(self):
        """Button: the rows that break the invariant."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.label,
            "res_model": self.res_model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.row_ids or [])],
            "context": {"active_test": False, "create": False},
        }
