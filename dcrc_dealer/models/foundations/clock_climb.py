from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .rows import given

SHOWN = 20  # records named in one message


class ClockClimb(models.Model):
    """One person told once: of the warning (no step), or of a step of the ladder.

    Made when the step is reached, told when the person is at work; nobody is told of a clock that has
    stopped or stands still in the meantime. One message a person says all there is to say. A step that
    has nobody to tell leaves a line without a person, so that it is not passed unseen.
    """

    _name = "dcrc.clock.climb"
    _description = "Told of a time limit"
    _order = "id"
    _check_company_auto = True

    clock_id = fields.Many2one("dcrc.clock", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True)
    step_id = fields.Many2one("dcrc.clock.step", index="btree_not_null", ondelete="set null")
    warning = fields.Boolean(required=True, default=False)
    user_id = fields.Many2one("res.users")
    email = fields.Char("E-mail address")
    reached_on = fields.Datetime(required=True)
    told_on = fields.Datetime()
    who = fields.Char("Told to", compute="_compute_who", compute_sudo=True)

    _once = models.UniqueIndex(
        "(clock_id, COALESCE(step_id, 0), warning, COALESCE(user_id, 0), COALESCE(email, ''))",
        "This person has been told of it.",
    )
    _waiting_idx = models.Index("(company_id) WHERE told_on IS NULL")

    @api.depends("user_id", "email")
    @api.depends_context("lang")
    def _compute_who(self):
        for line in self:
            line.who = line.user_id.name or line.email or self.env._("Nobody: the step has no one to tell")

    @api.model
    def _insert(self, lines, company, now):
        """Add lines (dicts with clock_id, step_id, warning, user_id, email) that aren't there yet."""
        self.env.cr.execute(
            SQL(
                """INSERT INTO dcrc_clock_climb (clock_id, step_id, warning, user_id, email, company_id, reached_on,
                                                 create_uid, create_date, write_uid, write_date)
                   SELECT r.clock_id, r.step_id, r.warning, r.user_id, r.email, %(company)s, %(now)s,
                          %(uid)s, %(now)s, %(uid)s, %(now)s
                     FROM %(rows)s ON CONFLICT DO NOTHING""",
                company=company.id,
                now=now,
                uid=self.env.uid,
                rows=given(self, lines, ["clock_id", "step_id", "warning", "user_id", "email"]),
            )
        )

    @api.model
    def _tell(self, company):
        """Tell the people of a dealer who are at work now; return how many messages went out."""
        now, count = fields.Datetime.now(), 0
        self.env.flush_all()
        somebody = Domain("user_id", "!=", False) | Domain("email", "!=", False)
        waiting = self.sudo().search(Domain("company_id", "=", company.id) & Domain("told_on", "=", False) & somebody)
        stopped = waiting.filtered(lambda line: line.clock_id.state in ("met", "ended"))
        # what a pause or another rule has put off waits until it is late indeed
        late = (waiting - stopped).filtered(
            lambda line: line.clock_id.state == "running" and (line.warning or line.clock_id.due_on <= now)
        )
        stopped.unlink()
        for (user, email), lines in late.grouped(lambda line: (line.user_id, line.email)).items():
            if company._dcrc_at_work(user, now):
                lines.told_on = now
                lines._send(user, email)
                count += 1
        return count

    def _send(self, user, email):
        """One message about all these lines."""
        lang = user.lang or self.company_id.partner_id.lang or self.env.lang
        lines = self.with_context(lang=lang)
        warned = lines.filtered("warning")
        parts = [
            (lines - warned, lines.env._("Late: %(count)s", count=len(lines - warned))),
            (warned, lines.env._("Soon late: %(count)s", count=len(warned))),
        ]
        body = Markup().join(part._get_list(title) for part, title in parts if part)
        subject = " · ".join(title for part, title in parts if part)
        if email:
            vals = {"email_to": email, "subject": subject, "body_html": body, "auto_delete": True}
            self.env["mail.mail"].sudo().create(vals)
        else:
            self.env["mail.thread"].sudo().message_notify(
                partner_ids=user.partner_id.ids,
                subject=subject,
                body=body,
                email_layout_xmlid="mail.mail_notification_light",
            )

    def _get_list(self, title):
        clocks = self.clock_id.sorted("due_on")[:SHOWN]
        names = clocks._get_record_names()
        rows = [
            Markup('<li><a href="%s">%s</a>: %s, %s</li>')
            % (clock._get_url(), names[clock.res_model, clock.res_id], clock._get_kind_name(), clock._get_due_words())
            for clock in clocks
        ]
        more = [Markup("<li>…</li>")] if len(self.clock_id) > SHOWN else []
        return Markup("<p>%s</p><ul>%s</ul>") % (title, Markup().join(rows + more))
