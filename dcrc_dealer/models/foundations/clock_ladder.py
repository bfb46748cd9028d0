from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import worktime
from .res_company_opening import REACH
from .rows import update_rows
from .worker import Worker

BATCH = 5000


class Clock(models.Model):
    """Climbing ladders: one scheduled action moves all clocks of all dealers, set by set.

    A clock whose next moment has come climbs one step: the people of that step get a line each (once, by a
    unique index), and the next step comes no sooner after this one than its rule says, however late this
    one is. `dcrc.clock.climb` tells the lines when their people are at work.
    """

    _inherit = "dcrc.clock"

    @api.model
    def _cron_climb(self):
        """Move what is due and tell who is at work."""
        worker, climbs = Worker(self.env), self.env["dcrc.clock.climb"]

        def move(company):
            worker.drain(self._climb_batch, company)
            worker.attempt(climbs._tell, company)

        worker.run(self.env["res.company"]._dcrc_dealers(), move)

    @api.model
    def _climb_batch(self, company, size=BATCH):
        """Let the next clocks of a dealer climb a step; return how many there were."""
        self.env.flush_all()
        now = fields.Datetime.now()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT c.id, c.res_model, c.res_id, c.kind, c.rule_id, c.due_on,
                          c.step_id,
                          COALESCE(c.warned_on IS NULL AND c.warn_on <= %(now)s, FALSE) AS warning
                     FROM dcrc_clock c
                    WHERE c.company_id = %(company)s AND c.state = 'running' AND c.next_on <= %(now)s
                    ORDER BY c.next_on, c.id LIMIT %(size)s FOR NO KEY UPDATE OF c SKIP LOCKED""",
                company=company.id,
                now=now,
                size=size,
            )
        )
        if rows:
            going_on = self._drop_ended(rows)
            self._choose_steps(going_on, company, now)
            self._insert_climbs(going_on, company, now)
            warned = [row["id"] for row in going_on if row["warning"]]
            also = {"warned_on": SQL("CASE WHEN t.id = ANY(%s) THEN %s ELSE t.warned_on END", warned, now)}
            update_rows(self, going_on, ["next_on", "step_id"], also)
            self.env["dcrc.clock"].invalidate_model(flush=False)
        return len(rows)

    def _drop_ended(self, rows):
        """End clocks whose record is gone or over, or whose rule has ended; return the others."""
        groups = {}
        for row in rows:
            groups.setdefault((row["res_model"], row["kind"]), []).append(row)
        rules = self.env["dcrc.clock.rule"].sudo().browse({row["rule_id"] for row in rows if row["rule_id"]})
        active, good = set(rules.filtered("active").ids), []
        for (model, kind), group in groups.items():
            going_on = self.env[model]._search_clocked(kind, [row["res_id"] for row in group])
            good += [row for row in group if row["res_id"] in going_on and row["rule_id"] in active]
        left = {row["id"] for row in rows} - {row["id"] for row in good}
        self.browse(left)._end("gone")
        self.flush_model()
        return good

    def _choose_steps(self, rows, company, now):
        """Give each row its ``step`` (None: the warning, or nothing more) and when it climbs on, ``next_on``."""
        rules = self.env["dcrc.clock.rule"].sudo().browse({row["rule_id"] for row in rows})
        last = {
            step.id: step for step in self.env["dcrc.clock.step"].sudo().browse({r["step_id"] for r in rows} - {None})
        }
        ladders = {}
        walls = {rule.id for rule in rules if rule._is_wall()}
        first = min((row["due_on"] for row in rows), default=now)
        spans = company._dcrc_openings(min(first, now), max(first, now) + REACH)
        cache = {}

        def later(rule_id, start, minutes):
            key = (rule_id in walls, start, minutes)
            if key not in cache:
                found = None if key[0] or not minutes else worktime.add(spans, start, minutes)
                cache[key] = found or rules.browse(rule_id)._add(start, minutes) if minutes else start
            return cache[key]

        for row in rows:
            key = (row["rule_id"], row["step_id"])
            if key not in ladders:
                ladders[key] = list(rules.browse(key[0])._get_steps_after(last.get(key[1], rules.step_ids.browse())))
            waiting = ladders[key]
            row["step"] = None if row["warning"] or not waiting else waiting[0]
            coming = waiting[0] if row["warning"] and waiting else waiting[1] if len(waiting) > 1 else None
            row["next_on"] = coming and later(row["rule_id"], row["due_on"], coming.after_minutes)
            if row["step"] and coming:
                gap = later(row["rule_id"], now, coming.after_minutes - row["step"].after_minutes)
                row["next_on"] = max(row["next_on"], gap)
            row["step_id"] = row["step"].id if row["step"] else row["step_id"]

    def _insert_climbs(self, rows, company, now):
        """A line for each person of the step, or of the warning, that each row has reached (one without a person)."""
        groups, lines = {}, []
        for row in rows:
            if row["step"] or row["warning"]:
                target = row["step"].target if row["step"] else "responsible"
                groups.setdefault((row["res_model"], target, row["step"] or None), []).append(row)
        for (model, target, step), group in groups.items():
            people = self._get_people(model, target, step, [row["res_id"] for row in group], company)
            for row in group:
                for user_id, email in people.get(row["res_id"]) or [(None, None)]:
                    lines.append(
                        {
                            "clock_id": row["id"],
                            "step_id": step and step.id,
                            "warning": row["warning"],
                            "user_id": user_id,
                            "email": email,
                        }
                    )
        if lines:
            self.env["dcrc.clock.climb"]._insert(lines, company, now)

    @api.model
    def _get_people(self, model, target, step, ids, company):
        """``{record id: [(user id or None, e-mail or None)]}`` of those that a step tells."""
        if target == "email":
            return dict.fromkeys(ids, [(None, step.email)])
        if target in ("manager", "director"):
            users = company.sudo()._dcrc_users_of(target)
            return dict.fromkeys(ids, [(user.id, None) for user in users])
        if target == "user":
            found = dict.fromkeys(ids, step.user_id.ids)
        else:
            found = self.env[model].sudo()._get_clock_people(target, ids)
        here = set(self.env["res.users"].sudo().browse(set().union(*found.values()))._dcrc_here(company).ids)
        return {record_id: [(user, None) for user in users if user in here] for record_id, users in found.items()}
