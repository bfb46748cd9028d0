from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class Contact(models.Model):
    """One conversation to have with a customer, about everything that is due (REM-6).

    A customer has one open contact at most. Whoever opens it holds it for
    `company.dcrc_claim_minutes`, so that two people never call the same customer.
    """

    _name = "dcrc.contact"
    _description = "Call Task"
    _inherit = ["dcrc.listed.mixin"]
    _order = "priority desc, date_due, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict", readonly=True, check_company=True
    )
    user_id = fields.Many2one(
        "res.users",
        "Specialist",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: anybody's (the pool).",
    )
    followup_ids = fields.One2many("dcrc.followup", "contact_id", "Reasons to call", readonly=True)
    reasons = fields.Char("Reasons in Words", compute="_compute_reasons")
    vehicle_ids = fields.Many2many("fleet.vehicle", string="Cars", compute="_compute_reasons")
    # when
    date_due = fields.Date("Due Date", required=True, readonly=True)
    call_after = fields.Datetime("Call Not Before", readonly=True)
    is_callback = fields.Boolean("Asked to be called back", readonly=True)
    is_late = fields.Boolean("Overdue", compute="_compute_is_late", search="_search_is_late")
    priority = fields.Selection([("0", "Standard"), ("1", "High"), ("2", "Urgent")], required=True, default="0")
    # attempts
    state = fields.Selection(
        [
            ("open", "To do"),
            ("done", "Done"),
            ("failed", "Not reached"),
            ("missed", "Missed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
    )
    attempt_count = fields.Integer("Attempts made", readonly=True, aggregator=None)
    max_attempts = fields.Integer("Attempts allowed", default=3, readonly=True, aggregator=None)
    attempt_days = fields.Integer("Within (days)", default=3, readonly=True, aggregator=None)
    first_attempt_day = fields.Date("First attempt", readonly=True)
    last_outcome_id = fields.Many2one("dcrc.call.outcome", "Last outcome", readonly=True, check_company=True)
    call_ids = fields.One2many("dcrc.call", "contact_id", "Call Log", readonly=True)
    done_on = fields.Datetime("Closed at", readonly=True)
    done_day = fields.Date("Closed on", readonly=True)
    # who has it on the screen
    claimed_by = fields.Many2one("res.users", "Held by", readonly=True)
    claimed_until = fields.Datetime("Held until", readonly=True)

    _one_open = models.UniqueIndex("(company_id, partner_id) WHERE state = 'open'")
    _queue_idx = models.Index("(company_id, date_due, priority) WHERE state = 'open'")
    _done_idx = models.Index("(partner_id, done_day) WHERE done_day IS NOT NULL")
    _closed_idx = models.Index("(company_id, done_day) WHERE state != 'open'")

    @api.depends("followup_ids.rule_id", "followup_ids.vehicle_id", "call_ids.followup_ids")
    def _compute_reasons(self):
        for contact in self:
            # follow-ups held for a correction have left the contact; its calls remember them
            followups = contact.followup_ids or contact.call_ids.followup_ids
            contact.reasons = " + ".join(dict.fromkeys(followups.mapped("rule_id.name")))
            contact.vehicle_ids = followups.vehicle_id

    @api.depends("state", "date_due", "is_callback", "call_after")
    def _compute_is_late(self):
        for company, contacts in self.grouped("company_id").items():
            late = self._late_domain(company) if company else Domain.FALSE
            contacts.is_late = False
            contacts.filtered_domain(late).is_late = True

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id) & self._late_domain(company) for company in self.env.companies
        )

    @api.model
    def _late_domain(self, company):
        """What is overdue at a dealer: its day is over, or the day on which a call back was promised is."""
        today = company._dcrc_today()
        promised = Domain("is_callback", "=", True)
        overdue = ~promised & Domain("date_due", "<", today)
        broken = promised & Domain("call_after", "<", company._dcrc_day_bounds(today)[0])
        return Domain("state", "=", "open") & (overdue | broken)

    @api.depends("partner_id")
    def _compute_display_name(self):
        for contact in self:
            contact.display_name = contact.sudo().partner_id.display_name

    @api.constrains("user_id", "company_id")
    def _check_user(self):
        for contact in self.filtered("user_id"):
            if contact.company_id not in contact.sudo().user_id.company_ids:
                raise ValidationError(
                    self.env._("%(name)s does not work for this dealer.", name=contact.sudo().user_id.name)
                )

    def write(self, vals):
        if not self.env.su and vals.keys() - {"user_id", "priority"}:
            raise AccessError(
                self.env._("A contact is moved on by calls; only its specialist and priority are set by hand.")
            )
        return super().write(vals)

    def action_release(self):
        """Button: a manager frees customers whose call screen was left open."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise UserError(self.env._("Only a manager frees what somebody else holds."))
        self.check_access("write")
        self.sudo().write({"claimed_by": False, "claimed_until": False})

    @api.model
    def _queue_domains(self, team=False):
        """Named parts of the queue; a tile and the list it opens take the same domain.

        Keys: all (everything open) = late + due (in time, not asked back) + callback (in time);
        ready (may be called this minute), failed, missed, done (each of the dealer's day).

        :param team: False: own contacts and the pool's; True: everybody's.
        """
        company = self.env.company
        today = company._dcrc_today()
        mine = Domain("company_id", "=", company.id)
        if not team:
            mine &= Domain("user_id", "in", [self.env.uid, False])
        is_open = mine & Domain("state", "=", "open")
        late = self._late_domain(company)
        on_time = is_open & ~late
        now = fields.Datetime.now()
        return {
            "all": is_open,
            "late": is_open & late,
            "due": on_time & Domain("is_callback", "=", False),
            "callback": on_time & Domain("is_callback", "=", True),
            "ready": is_open & (Domain("call_after", "=", False) | Domain("call_after", "<=", now)),
            **{
                state: mine & Domain("state", "=", state) & Domain("done_day", "=", today)
                for state in ("failed", "missed", "done")
            },
        }

    # -- claim -------------------------------------------------------------

    @api.model
    def _claim_next(self, user=None, skip=None):
        """Hold and return the next contact to call for `user`, the own and the pool's in one queue.

        Who asked for this hour comes first, then by priority, and within it what waits longest;
        of one day's the own. Rows that somebody else is just taking are skipped, never waited for. Empty
        outside calling hours, except for customers who asked to be called now.

        :param skip: contacts not to offer again.
        """
        user = user or self.env.user
        company = self.env.company
        now = fields.Datetime.now()
        self.flush_model()
        query = SQL(
            """SELECT c.id FROM dcrc_contact c
                WHERE c.company_id = %(company)s AND c.state = 'open'
                  AND (c.user_id = %(user)s OR c.user_id IS NULL)
                  AND (c.call_after IS NULL OR c.call_after <= %(now)s)
                  AND (c.claimed_until IS NULL OR c.claimed_until < %(now)s OR c.claimed_by = %(user)s)
                  AND (%(calling)s OR c.is_callback) AND c.id != ALL(%(skip)s)
                ORDER BY c.is_callback DESC, c.priority DESC, c.date_due, c.user_id IS NULL, c.id
                LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED""",
            company=company.id,
            user=user.id,
            now=now,
            skip=list(skip.ids if skip else []),
            calling=self._slot_now(company) is not None,
        )
        rows = self.env.execute_query(query)
        contact = self.browse(rows[0] if rows else ())
        contact._hold_for(user)
        return contact

    def _claim(self, user=None):
        """Hold this contact for `user`; UserError with the name of whoever holds it already."""
        self.ensure_one()
        self.check_access("read")
        user = user or self.env.user
        self.env.execute_query(SQL("SELECT id FROM dcrc_contact WHERE id = %s FOR NO KEY UPDATE", self.id))
        self.invalidate_recordset(["claimed_by", "claimed_until", "state"])
        if self.state != "open":
            raise UserError(self.env._("This contact is closed already."))
        holder = self._get_holder()
        if holder and holder != user:
            raise UserError(self.env._("%(name)s is with this customer right now.", name=holder.sudo().name))
        self._hold_for(user)

    def _release(self):
        """Let go of contacts; what was typed stays in the draft."""
        self.check_access("read")
        mine = self.filtered(lambda c: c.claimed_by == self.env.user)
        mine.sudo().write({"claimed_by": False, "claimed_until": False})
        self.env["dcrc.call"]._forget_unmade([("contact_id", "in", self.ids), ("user_id", "=", self.env.uid)])

    def _get_holder(self):
        """Who holds this contact right now (may be empty)."""
        self.ensure_one()
        held = self.claimed_until and self.claimed_until >= fields.Datetime.now()
        return self.claimed_by if held else self.env["res.users"]

    def _hold_for(self, user):
        for contact in self.sudo():
            minutes = contact.company_id.dcrc_claim_minutes
            until = fields.Datetime.now() + timedelta(minutes=minutes)
            contact.write({"claimed_by": user.id, "claimed_until": until})

    def _start_call(self, direction="out"):
        """Return the draft call of the holder, a new one if need be.

        :param direction: "in" when the customer calls: then calling hours do not matter.
        :raise UserError: outside calling hours, or before the time agreed for the next attempt.
        """
        self.ensure_one()
        self.check_access("read")
        calls = self.env["dcrc.call"].sudo()
        draft = calls.search(
            [("contact_id", "=", self.id), ("user_id", "=", self.env.uid), ("state", "=", "draft")], limit=1
        )
        if draft and direction == "in" != draft.direction:
            # opened before the customer called: the call that takes place is hers
            draft.write({"direction": direction, "started_at": fields.Datetime.now()})
        if draft:
            return draft.sudo(False)
        if direction == "out":
            self._check_callable()
        return calls.create(self._prepare_call(direction)).sudo(False)

    def _prepare_call(self, direction):
        """A new call; it goes on with what was said in the one in which the customer asked for it."""
        last = self.call_ids.sudo().filtered(lambda call: call.state == "done").sorted("id")[-1:]
        kept = last.draft if last.outcome_id.asks_callback else False
        return {
            "draft": kept or False,
            "contact_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "phone_id": self._get_phone_to_dial().id,
            "user_id": self.env.uid,
            "direction": direction,
            "started_at": fields.Datetime.now(),
            "followup_ids": self.followup_ids.ids,
        }

    def _get_phone_to_dial(self):
        """The customer's first number that the gate lets pass (may be empty)."""
        partner = self.sudo().partner_id
        number = self.env["dcrc.gate"]._find_number(partner, "phone")
        return partner.dcrc_phone_ids.filtered(lambda phone: phone.number == number)[:1] or partner._dcrc_best_phone()

    def _check_callable(self):
        """Refuse to disturb a customer's rest (FUP-4); a call back at the agreed time is welcome."""
        now = fields.Datetime.now()
        self._check_gate()
        if self.call_after and self.call_after > now:
            raise UserError(
                self.env._("The next attempt is from %(time)s on.", time=self._format_local(self.call_after))
            )
        if self.is_callback or self._slot_now(self.company_id):
            return
        opens = self._next_window(self.company_id)
        raise UserError(
            self.env._("Customers rest now: calling hours begin at %(time)s.", time=self._format_local(opens))
            if opens
            else self.env._("No calling hours are set: a manager enters them in the configuration.")
        )

    def _format_local(self, moment):
        """A UTC moment on the dealer's clock, short: the time, with the day unless it is today."""
        company = self.company_id or self.env.company
        local = company._dcrc_to_local(moment)
        pattern = "%H:%M" if local.date() == company._dcrc_today() else "%m-%d %H:%M"
        return local.strftime(pattern)
