from datetime import timedelta
from itertools import product

from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.worker import Busy, Worker, try_lock

LOCK_KEY = 330333  # namespace of the advisory lock; the second number is the dealer
STEPS = ("follow", "plan", "review", "open", "expire", "assign")


class FollowupPlanner(models.AbstractModel):
    """Turns rules into follow-ups and follow-ups into the day's contacts, set-based.

    How it works, dealer by dealer, each step safe to repeat:

    follow  what was made of a paper moves, changes person or ends with it (FUP-12);
    plan    every rule's new candidates become follow-ups: planned, blocked with a
            reason, or missed when their time has passed already;
    review  what is about to begin, open or blocked is judged again;
    open    what may begin joins the customer's one open contact, or opens it (REM-6);
    expire  what nobody did in time is missed; contacts without work close;
    assign  contacts without a specialist get the customer's.

    One planner at a time works on a dealer (advisory lock of the transaction); the
    unique index on follow-ups and on open contacts keeps even a broken one from
    doing anything twice.
    """

    _name = "dcrc.followup.planner"
    _description = "Planner of follow-ups"

    @api.model
    def _plan_company(self, company, until=None):
        """Run all steps for `company` in this transaction.

        :return: ``{"planned", "blocked", "missed", "opened", "expired": count}``, or None
            when another planner is at work on this dealer.
        """
        if not self._lock(company):
            return None
        figures = {}
        closed = {company.id: self._get_closed_runs(company)}
        planner = self.with_context(dcrc_open_at_once=True, dcrc_closed_runs=closed)
        for step in STEPS:
            for name, count in planner._run_step(company, step, until).items():
                figures[name] = figures.get(name, 0) + count
        return figures

    @api.model
    def _cron_plan(self):
        """Nightly planning of all dealers; resumes with the dealer that waited longest."""
        companies = (
            self.env["res.company"]
            ._dcrc_dealers()
            .sorted(lambda c: (bool(c.dcrc_planned_at), c.dcrc_planned_at or fields.Datetime.now(), c.id))
        )
        worker = Worker(self.env)
        worker.run(product(companies, STEPS), lambda piece: worker.attempt(self._plan_step, *piece))

    def _plan_step(self, company, step):
        """One step of a dealer, for the worker; another planner at this dealer puts it off."""
        if not self._lock(company):
            raise Busy("another planner is at work")
        self.with_context(dcrc_open_at_once=True)._run_step(company, step)

    def _lock(self, company):
        return try_lock(self.env, LOCK_KEY, company.id)

    def _run_step(self, company, step, until=None):
        self.env.flush_all()
        figures = getattr(self, f"_step_{step}")(company, until)
        self._forget()
        return figures

    def _forget(self):
        """Drop from the cache what SQL has changed."""
        self.env.flush_all()
        for name in ("dcrc.followup", "dcrc.contact", "dcrc.followup.rule"):
            self.env[name].invalidate_model(flush=False)

    # -- plan ------------------------------------------------------------

    def _step_plan(self, company, until=None):
        today = company._dcrc_today()
        until = until or today + timedelta(days=company.dcrc_plan_days)
        started = fields.Datetime.now()
        off = company._dcrc_triggers_off()
        rules = (
            self.env["dcrc.followup.rule"].sudo().search([("company_id", "=", company.id), ("trigger", "not in", off)])
        )
        rows, planned = self._plan_rules(rules, company, today, until)
        figures, unreachable = {}, []
        correctable = self.env["dcrc.gate"]._get_correctable()
        for followup_id, state, reason, _rule, _contact in rows:
            figures[state] = figures.get(state, 0) + 1
            if reason in correctable:
                unreachable.append(followup_id)
        self._sum_up({row[4] for row in rows if row[4]})
        opened = figures.pop("open", 0)
        if opened:
            figures.update(planned=figures.get("planned", 0) + opened, opened=opened)
        self._note_planned(planned, company, until, started)
        self._open_phone_corrections(unreachable)
        return figures

    def _open_phone_corrections(self, followup_ids):
        """A customer who can't be called for want of a number is a correction (COR-1).

        A number of many is one correction, at the first who had it, however many can't be called.
        """
        followups = self.env["dcrc.followup"].sudo().browse(followup_ids)
        vals_by_partner = {}
        for followup in followups.filtered("partner_id"):
            vals = followup._prepare_phone_correction()
            vals_by_partner.setdefault(vals["partner_id"], vals)
        vals_list = list(vals_by_partner.values())
        if vals_list:
            self.env["res.partner"].sudo()._dcrc_open_correction(vals_list)

    # -- expire, assign ----------------------------------------------------

    def _step_expire(self, company, until=None):
        today = company._dcrc_today()
        now = fields.Datetime.now()
        start_of_day = company._dcrc_day_bounds(today)[0]
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_followup f
                  SET state = 'missed', done_on = %(now)s, write_date = %(now)s
                 FROM dcrc_followup g LEFT JOIN dcrc_contact c ON c.id = g.contact_id
                WHERE f.id = g.id AND g.company_id = %(company)s AND g.date_expiry < %(today)s
                  AND (g.state IN ('planned', 'open') OR (g.state = 'blocked' AND g.block_reason
                       NOT IN %(excused)s))
                  AND COALESCE(c.claimed_until, '-infinity') < %(now)s
                  AND NOT COALESCE(c.is_callback AND c.call_after >= %(start)s, FALSE)""",
                now=now,
                company=company.id,
                today=today,
                start=start_of_day,
                excused=self.env["dcrc.gate"]._get_excused(),
            )
        )
        expired = self.env.cr.rowcount
        self._end_excused(company, today)
        contacts = self.env["dcrc.contact"].sudo()
        contacts._fail_when_window_over(company)
        contacts._close_empty(company)
        self._tell_missed(company, today)
        return {"expired": expired}

    def _end_excused(self, company, today):
        """What the customer's own wish or doings kept from being done ends with its last day (FUP-10)."""
        over = (
            self.env["dcrc.followup"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "blocked"),
                    ("block_reason", "in", self.env["dcrc.gate"]._get_excused()),
                    ("base_state", "=", "in"),
                    ("date_expiry", "<", today),
                ]
            )
        )
        for reason, followups in over.grouped("block_reason").items():
            followups._end_blocked(reason)
        self.env.flush_all()

    def _tell_missed(self, company, today):
        """Once a day the dealer's managers are told what was missed yesterday."""
        if company.dcrc_missed_told_on == today:
            return
        company = company.sudo()
        company.dcrc_missed_told_on = today
        followups = self.env["dcrc.followup"].sudo().with_company(company)
        missed = followups.search_count(followups._followup_domains()["missed_yesterday"])
        managers = company._dcrc_managers().partner_id
        if missed and managers:
            self.env["mail.thread"].message_notify(
                partner_ids=managers.ids,
                subject=self.env._("Follow-ups missed yesterday: %(count)s", count=missed),
                body=self.env._("They stand on My Day under “Missed yesterday”, each with its customer and reason."),
            )

    def _step_assign(self, company, until=None):
        self._assign_contacts(company)
        company.sudo().dcrc_planned_at = fields.Datetime.now()
        return {}

    def _assign_contacts(self, company):
        """Contacts without an active specialist get the customer's, as far as their rule says so.

        Who is absent, or no specialist any more, gets none; what falls due before the return is everybody's.
        """
        today = company._dcrc_today()
        self._free_contacts(company, today)
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c SET user_id = u.id, write_date = %(now)s
                 FROM res_partner p JOIN res_users u ON u.id = p.dcrc_specialist_id AND u.id = ANY(%(team)s)
                WHERE c.company_id = %(company)s AND c.state = 'open' AND p.id = c.partner_id AND c.user_id IS NULL
                  AND NOT COALESCE(%(absent)s, FALSE)
                  AND EXISTS (SELECT 1 FROM dcrc_followup f JOIN dcrc_followup_rule r ON r.id = f.rule_id
                               WHERE f.contact_id = c.id AND (f.state || '') = 'open'
                                 AND r.responsible = 'specialist')""",
                now=fields.Datetime.now(),
                company=company.id,
                team=company._dcrc_specialists().ids,
                absent=self.env["res.users"]._dcrc_absent_on(today),
            )
        )
        self.env["dcrc.contact"].invalidate_model(["user_id"], flush=False)

    def _free_contacts(self, company, today):
        """Give the pool what nobody would do in time: its person has left, or comes back after the due day."""
        self.env.cr.execute(
            SQL(
                """UPDATE dcrc_contact c SET user_id = NULL, write_date = %(now)s FROM res_users u
                WHERE c.company_id = %(company)s AND c.state = 'open' AND u.id = c.user_id
                  AND COALESCE(c.claimed_until, '-infinity') < %(now)s
                  AND (u.id != ALL(%(team)s)
                       OR %(absent)s AND c.date_due <= COALESCE(u.dcrc_absent_to, 'infinity'))""",
                now=fields.Datetime.now(),
                company=company.id,
                team=company._dcrc_specialists().ids,
                absent=self.env["res.users"]._dcrc_absent_on(today),
            )
        )
