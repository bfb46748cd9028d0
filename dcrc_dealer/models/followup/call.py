from odoo import api, fields, models
from odoo.exceptions import UserError


class Call(models.Model):
    """One attempt to reach a customer, with what was typed while it ran (handbook FUP-5)."""

    _name = "dcrc.call"
    _description = "Call"
    _order = "started_at desc, id desc"
    _check_company_auto = True

    contact_id = fields.Many2one(
        "dcrc.contact", "Call Task", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="restrict", readonly=True
    )
    phone_id = fields.Many2one(
        "dcrc.phone", "Number Called", index="btree_not_null", ondelete="set null", readonly=True
    )
    user_id = fields.Many2one("res.users", "Specialist", required=True, index=True, readonly=True)
    direction = fields.Selection(
        [("out", "We called"), ("in", "Customer called")], required=True, default="out", readonly=True
    )
    state = fields.Selection(
        [("draft", "On the line"), ("done", "Finished")], required=True, default="draft", readonly=True
    )
    started_at = fields.Datetime("Began", required=True, readonly=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    duration = fields.Float("Minutes", compute="_compute_duration", digits=(8, 1))
    slot_id = fields.Many2one("dcrc.call.slot", "Calling Window", readonly=True, ondelete="set null")
    attempt_no = fields.Integer("Attempt", readonly=True, aggregator=None)
    outcome_id = fields.Many2one("dcrc.call.outcome", index="btree_not_null", ondelete="restrict", readonly=True)
    callback_at = fields.Datetime("Call back at", readonly=True)
    note = fields.Text(readonly=True, dcrc_personal="words")
    draft = fields.Json("Typed so far", readonly=True, dcrc_personal="words")
    followup_ids = fields.Many2many("dcrc.followup", string="Reasons to call", readonly=True)

    _one_draft = models.UniqueIndex("(contact_id, user_id) WHERE state = 'draft'")
    _ended_idx = models.Index("(company_id, ended_at) WHERE state = 'done'")
    _done_has_outcome = models.Constraint(
        "CHECK (state = 'draft' OR (outcome_id IS NOT NULL AND ended_at IS NOT NULL))",
        "A finished call has an outcome.",
    )

    @api.depends("started_at", "ended_at")
    def _compute_duration(self):
        for call in self:
            ended = call.ended_at or call.started_at
            call.duration = (ended - call.started_at).total_seconds() / 60 if ended else 0

    @api.depends("partner_id", "started_at")
    def _compute_display_name(self):
        for call in self:
            name = call.sudo().partner_id.name or ""
            local = call.started_at and call.company_id._dcrc_to_local(call.started_at)
            call.display_name = f"{name} {local:%Y-%m-%d %H:%M}" if local else name

    def _save_draft(self, draft):
        """Keep what was typed; only the holder of the draft does so (last write wins).

        :param draft: anything JSON can carry.
        """
        self._check_mine()
        self.sudo().draft = draft
        self.contact_id.filtered(lambda c: c._get_holder() == self.env.user)._hold_for(self.env.user)

    @api.model
    def _forget_unmade(self, domain):
        """A screen that was opened and left without a word is no call: it leaves the log."""
        unmade = self.sudo().search([*domain, ("state", "=", "draft")])
        unmade.filtered(lambda call: not call.draft).unlink()

    @api.autovacuum
    def _gc_unmade(self):
        """Screens that were closed with the browser's window."""
        self._forget_unmade([("contact_id.claimed_until", "<", fields.Datetime.now())])
        self._forget_unmade([("contact_id.state", "!=", "open")])

    def _check_mine(self):
        """The call is the user's, and still open."""
        self.ensure_one()
        self.check_access("read")
        if self.user_id != self.env.user:
            raise UserError(self.env._("This is the call of %(name)s.", name=self.user_id.sudo().name))
        if self.state != "draft":
            raise UserError(self.env._("This call is finished already."))

    def _open_complaints(self, vals_list):
        """Hook: open complaints found in this call (FUP-7); the voice room fills it.

        :param vals_list: dicts with partner_id, company_id, call_id, text, source ("call") and
            optionally followup_id, vehicle_id, department_id, question_id, severity.
        :return: the complaints (here: none).
        """
        return []

    def _get_sold_vehicles(self):
        """The cars that an outcome "sold" is about: those named by a correction, else all of them."""
        named = self.env["fleet.vehicle"].browse(self._dcrc_told("dcrc_sold_vehicle_ids") or ())
        return named or self.followup_ids.vehicle_id
