"""What the customers said goes to the departments in writing: the day's problems, the week's feedback (FUP-7)."""

import secrets
from datetime import timedelta

from odoo import api, fields, models

from ..foundations.worker import Worker

TOKEN_BYTES = 24


class Digest(models.Model):
    """One digest of a day, or of a week, for a department (none: for the center's managers).

    Made once, by a unique index, and told when its people are at work. What stands in it is kept: the problems
    as lines, the week's figures as text. A department may answer by its link, without logging in; no customer's
    number is in it.
    """

    _name = "dcrc.digest"
    _description = "Feedback to a Department"
    _order = "date desc, kind, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    kind = fields.Selection([("day", "Problems of the day"), ("week", "Week")], "Period", required=True, readonly=True)
    date = fields.Date("Day", required=True, readonly=True, help="Of a week: its Monday.")
    department_id = fields.Many2one(
        "dcrc.department", readonly=True, index="btree_not_null", check_company=True, help="Empty: the managers."
    )
    line_ids = fields.One2many("dcrc.digest.line", "digest_id", "Problems", readonly=True)
    line_count = fields.Integer("Number of Problems", readonly=True)
    answer_count = fields.Integer("Answered", compute="_compute_answer_count")
    figures = fields.Json("Counted", readonly=True, help="What the week's sheet is made of.")
    body = fields.Html("Figures", compute="_compute_body", sanitize=False)
    # telling
    told_ids = fields.Many2many("res.users", readonly=True)
    told_on = fields.Datetime(readonly=True)
    waits_for = fields.Char(compute="_compute_waits_for")
    done = fields.Boolean("All Told", readonly=True)
    # the link
    access_token = fields.Char(readonly=True, copy=False, groups="base.group_system")
    link_until = fields.Datetime("Link Valid Until", readonly=True)

    _once = models.UniqueIndex(
        "(company_id, kind, date, COALESCE(department_id, 0))", "This digest has been made already."
    )
    _token_once = models.UniqueIndex("(access_token) WHERE access_token IS NOT NULL")
    _waiting_idx = models.Index("(company_id) WHERE done IS NOT TRUE")

    @api.depends("line_ids.answered_on")
    def _compute_answer_count(self):
        for digest in self:
            digest.answer_count = len(digest.line_ids.filtered("answered_on"))

    @api.depends("kind", "date", "department_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for digest in self:
            whose = digest.sudo().department_id.name or self.env._("Managers")
            digest.display_name = f"{kinds.get(digest.kind, '')} {digest.date or ''} · {whose}"

    @api.depends("figures")
    @api.depends_context("lang")
    def _compute_body(self):
        for digest in self:
            values = {"digest": digest.sudo(), "rows": digest._get_rows()}
            digest.body = digest.figures and self.env["ir.qweb"]._render("dcrc_dealer.digest_figures", values)

    @api.depends("done", "told_ids")
    @api.depends_context("lang")
    def _compute_waits_for(self):
        for digest in self:
            missing = digest.sudo()._get_receivers() - digest.sudo().told_ids
            nobody = self.env._("nobody is responsible") if not digest.done else False
            digest.waits_for = ", ".join(missing.mapped("name")) or (nobody if not digest.told_ids else False)

    # -- making -----------------------------------------------------------------------

    @api.model
    def _make(self, company):
        """Make what is due now at a dealer; return the digests made (none: nothing due, or made already)."""
        if not company.dcrc_digest_on:
            return self
        made = self.browse()
        now, today = company._dcrc_now(), company._dcrc_today()
        if not company._dcrc_is_open(today):
            return made
        if _hour(now) >= company.dcrc_digest_hour:
            made |= self._make_day(company, today)
        if _hour(now) >= company.dcrc_digest_week_hour:
            made |= self._make_week(company, today - timedelta(days=today.weekday() + 7))
        return made

    @api.model
    def _has(self, company, kind, day):
        return bool(
            self.search_count([("company_id", "=", company.id), ("kind", "=", kind), ("date", "=", day)], limit=1)
        )

    def _prepare(self, company, kind, day, department, **vals):
        until = fields.Datetime.now() + timedelta(days=company.dcrc_digest_link_days)
        link = {"access_token": secrets.token_urlsafe(TOKEN_BYTES), "link_until": until} if department else {}
        return {"company_id": company.id, "kind": kind, "date": day, "department_id": department.id, **link, **vals}

    # -- telling ----------------------------------------------------------------------

    def _get_receivers(self):
        """Who is told: the department's responsible person, or the center's managers."""
        self.ensure_one()
        company = self.company_id
        users = self.department_id.responsible_id if self.department_id else company._dcrc_managers()
        return users._dcrc_here(company)

    @api.model
    def _tell_waiting(self, company):
        """Tell whoever is at work now; what nobody is responsible for the managers see on their own."""
        now = fields.Datetime.now()
        for digest in self.search([("company_id", "=", company.id), ("done", "=", False)]):
            receivers = digest._get_receivers()
            for user in receivers - digest.told_ids:
                if company._dcrc_at_work(user, now):
                    digest._tell(user)
            if receivers <= digest.told_ids or digest.date < company._dcrc_today() - timedelta(days=30):
                digest.done = True

    def _tell(self, user):
        """One message to one person: codes and counts, and the link; customers' words are behind it."""
        digest = self.with_context(lang=user.lang or self.company_id.partner_id.lang)
        values = {"digest": digest, "rows": digest._get_rows(), "url": digest._get_url(user)}
        self.env["mail.thread"].message_notify(
            partner_ids=user.partner_id.ids,
            subject=digest.display_name,
            body=self.env["ir.qweb"].with_context(lang=digest.env.lang)._render("dcrc_dealer.digest_mail", values),
            email_layout_xmlid="mail.mail_notification_light",
        )
        self.write({"told_ids": [fields.Command.link(user.id)], "told_on": fields.Datetime.now()})

    def _get_url(self, user):
        """Where it is answered: the department's own page; managers open it in Odoo."""
        base = self.get_base_url()
        if self.access_token:
            return f"{base}/dcrc/digest/{self.access_token}"
        return f"{base}/odoo/dcrc-digests/{self.id}"

    @api.model
    def _cron_tell(self):
        """Make what is due and tell who is at work: a dealer after the other."""
        worker = Worker(self.env)

        def do(company):
            worker.attempt(self.sudo()._make, company)
            worker.attempt(self.sudo()._tell_waiting, company)

        worker.run(self.env["res.company"]._dcrc_dealers(), do)


def _hour(moment):
    return moment.hour + moment.minute / 60
