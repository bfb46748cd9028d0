"""Changes of key fields that wait for the manager (CUS-7)."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain


class ChangeProposal(models.Model):
    """One proposed value of one key field of one record.

    Made by `dcrc.key.field.mixin`, never by a client: nobody has the right to
    create or write rows, the buttons check who presses them. The old value is
    kept for good, whatever becomes of the proposal.
    """

    _name = "dcrc.change.proposal"
    _description = "Change Waiting for the Manager"
    _inherit = ["dcrc.case.mixin"]
    _order = "id desc"
    _rec_name = "field_label"
    _rec_names_search = ["field_name"]  # the label is worked out
    _check_company_auto = True
    _moves = {"pending": ("accepted", "rejected", "replaced")}
    _stamps = dict.fromkeys(_moves["pending"], ("decided_by", "decided_on"))

    res_model = fields.Char("Record Model", required=True, readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True, readonly=True)
    record_name = fields.Char("Concerns", compute="_compute_record", compute_sudo=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True, index=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)

    field_name = fields.Char("Technical Field", required=True, readonly=True)
    field_label = fields.Char("Field", compute="_compute_field_label")
    old_value = fields.Char(readonly=True, dcrc_personal="number")
    new_value = fields.Char(readonly=True, dcrc_personal="number")
    old_raw = fields.Json("Old Stored Value", readonly=True, dcrc_personal="number")
    new_raw = fields.Json("New Stored Value", readonly=True, dcrc_personal="number")
    follow_raw = fields.Json("Also Changed", readonly=True)  # see `_dcrc_accept` of the key fields' mixin
    is_stale = fields.Boolean(
        "Changed Meanwhile",
        compute="_compute_record",
        compute_sudo=True,
        help="The file no longer holds the old value: someone else changed it since.",
    )

    state = fields.Selection(
        [("pending", "To confirm"), ("accepted", "Accepted"), ("rejected", "Rejected"), ("replaced", "Replaced")],
        default="pending",
        required=True,
        readonly=True,
        index=True,
        help="Waiting: the manager has not decided yet.\n"
        "Accepted: the new value stands in the file.\n"
        "Rejected: the old value stays.\n"
        "Replaced: a newer proposal for the same field took its place.",
    )
    user_id = fields.Many2one("res.users", "Proposed By", required=True, readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)

    _one_pending = models.UniqueIndex(
        "(res_model, res_id, field_name) WHERE state = 'pending'", "There is already a waiting change for this field."
    )
    _queue = models.Index("(company_id, id) WHERE state = 'pending'")

    @api.depends("res_model", "res_id", "old_raw", "state")
    def _compute_record(self):
        for proposal in self:
            record = proposal._record()
            proposal.record_name = record.display_name if record else self.env._("(deleted)")
            proposal.is_stale = bool(
                proposal.state == "pending" and record and record._dcrc_raw(proposal.field_name) != proposal.old_raw
            )

    @api.depends("res_model", "field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for proposal in self:
            model = self.env.get(proposal.res_model)
            field = model._fields.get(proposal.field_name) if model is not None else None
            proposal.field_label = field._description_string(self.env) if field else proposal.field_name

    # -- actions -------------------------------------------------------------

    def action_accept(self):
        """Write the new values into the file; in bulk, what can't be is named and stays."""
        self._check_manager()
        waiting = self.filtered(lambda p: p.state == "pending")
        if len(waiting) == 1:
            return waiting._accept()
        problems = [problem for problem in map(ChangeProposal._try_accept, waiting) if problem]
        return self._tell_result(len(waiting) - len(problems), problems)

    def action_reject(self):
        """Leave the old values as they are."""
        self._check_manager()
        self.filtered(lambda p: p.state == "pending")._decide("rejected")

    def action_open_record(self):
        """Open the customer or car that the change is about."""
        self.ensure_one()
        partner = self.partner_id
        in_file = self.res_model in ("res.partner", "dcrc.phone") and partner
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.partner" if in_file else self.res_model,
            "res_id": partner.id if in_file else self.res_id,
            "views": [(False, "form")],
        }

    # -- business ------------------------------------------------------------

    @api.model
    def _domains(self):
        """Named lists; the manager's tile and menu use only these."""
        return {"pending": Domain("state", "=", "pending")}

    @api.model
    def _propose(self, record, values, follow=None, tell=True):
        """Put `values` ({field: (raw, shown)}) of `record` before the manager.

        The newest proposal of a field replaces the one still waiting. The
        proposer is told at once, because the form shows the old value again
        (not by a list, which has a screen of its own).
        """
        Proposal = self.sudo()
        waiting = Proposal.search(Proposal._record_domain(record) & Domain("state", "=", "pending"))
        waiting = waiting.filtered(lambda p: p.field_name in values)
        waiting._decide("replaced")
        waiting.flush_recordset()
        proposals = Proposal.create(
            [self._prepare_vals(record, name, *value, follow) for name, value in values.items()]
        )
        if tell:
            proposals._tell_proposer()
        return proposals

    def _tell_proposer(self):
        self.env.user._bus_send(
            "simple_notification",
            {
                "type": "warning",
                "title": self.env._("Your change waits for the manager"),
                "message": "\n".join(self._sentences()),
            },
        )

    @api.model
    def _is_answered(self, record, name, raw):
        """Whether this very value waits already, or the manager has refused it."""
        domain = self._record_domain(record) & Domain("field_name", "=", name)
        last = self.sudo().search(domain & Domain("state", "in", ("pending", "rejected")), order="id desc", limit=1)
        return bool(last) and last.new_raw == raw

    @api.model
    def _prepare_vals(self, record, name, raw, shown, follow=None):
        return {
            "res_model": record._name,
            "res_id": record.id,
            "partner_id": record._dcrc_key_partner().id,
            "company_id": record.company_id.id,
            "field_name": name,
            "old_value": record._dcrc_shown(name),
            "new_value": shown,
            "old_raw": record._dcrc_raw(name),
            "new_raw": raw,
            "follow_raw": follow,
            "user_id": self.env.uid,
        }

    @api.model
    def _record_domain(self, records):
        return Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids)

    @api.model
    def _pending_by_record(self, records):
        """Return {record id: waiting proposals}; a customer's include phones and cars."""
        if not records.ids:
            return {}
        domain = self._record_domain(records)
        by_partner = records._name == "res.partner"
        if by_partner:
            domain |= Domain("partner_id", "in", records.ids)
        result = defaultdict(self.browse)
        for proposal in self.search(domain & Domain("state", "=", "pending")):
            result[proposal.partner_id.id if by_partner else proposal.res_id] += proposal
        return result

    def _sentences(self):
        """Return one line per proposal for people: "Name: 王芳 → 王方 (Li Na)"."""
        return [
            self.env._(
                "%(field)s: %(old)s → %(new)s (proposed by %(user)s)",
                field=proposal.field_label,
                old=proposal.old_value or "–",
                new=proposal.new_value or "–",
                user=proposal.user_id.sudo().name,
            )
            for proposal in self
        ]

    def _record(self):
        """Return the record that the change is about, empty when it is gone."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        return model.browse(self.res_id).exists() if model is not None else self.env["base"]

    def _accept(self):
        self._check_not_own()
        record = self._record()
        if not record:
            raise UserError(self.env._("This record no longer exists: reject the change."))
        if record._dcrc_raw(self.field_name) != self.old_raw:
            raise UserError(
                self.env._(
                    "%(field)s was changed meanwhile to “%(current)s”. Look at the file and "
                    "reject this change, or make it anew.",
                    field=self.field_label,
                    current=record._dcrc_shown(self.field_name) or "–",
                )
            )
        record._dcrc_accept(self.field_name, self.new_raw, self.follow_raw or {})
        self._decide("accepted")
        self._after_accept()

    def _after_accept(self):
        """Hook: what a confirmed value moves elsewhere (rooms)."""

    def _check_not_own(self):
        """CUS-7: four eyes, also when the proposer has become manager since."""
        if self.env.user in self.sudo().user_id:
            raise UserError(
                self.env._("You proposed this yourself: another manager confirms it, or you change the file itself.")
            )

    def _try_accept(self):
        """Accept one of many; return the reason in words when it can't be."""
        try:
            with self.env.cr.savepoint():
                self._accept()
        except (UserError, ValidationError) as error:
            return f"{self.record_name}: {error.args[0]}"
        return None

    def _decide(self, state):
        self.sudo()._move(state)

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("Only the manager decides on changes of key fields."))

    def _tell_result(self, accepted, problems):
        lines = [self.env._("Changes accepted: %(count)s", count=accepted), *problems]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if problems else "success",
                "message": "\n".join(lines),
                "sticky": bool(problems),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
