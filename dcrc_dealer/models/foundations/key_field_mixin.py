"""Key fields of the file that only a manager changes at once (CUS-7)."""

from odoo import SUPERUSER_ID, fields, models


class KeyFieldMixin(models.AbstractModel):
    """Turns a change of a key field by anyone below manager into a proposal.

    A model inherits it, lists its fields in ``_dcrc_key_fields`` and says whose
    file it belongs to in ``_dcrc_key_partner``. Nothing else changes: the same
    ``write`` saves what may be saved and leaves the key field as it was.
    """

    _name = "dcrc.key.field.mixin"
    _description = "Key fields that a manager confirms"

    dcrc_pending_changes = fields.Text(
        string="Changes waiting for the manager",
        compute="_compute_dcrc_pending_changes",
        groups="dcrc_dealer.group_dcrc_reader",
    )

    def _compute_dcrc_pending_changes(self):
        Proposal = self.env["dcrc.change.proposal"]
        found = Proposal._pending_by_record(self)
        for record in self:
            proposals = found.get(record.id, Proposal)
            record.dcrc_pending_changes = "\n".join(proposals._sentences()) or False

    # -- to be filled by the models ------------------------------------------

    def _dcrc_key_fields(self):
        """Return the names of the fields that need the manager's word."""
        return ()

    def _dcrc_key_partner(self):
        """Return the customer whose file this record belongs to (may be empty)."""
        self.ensure_one()
        return self.partner_id if "partner_id" in self._fields else self.env["res.partner"]

    def _dcrc_is_guarded(self):
        """Whether this record belongs to a dealer's file at all."""
        self.ensure_one()
        return True

    def _dcrc_dms_fields(self):
        """Fields that DMS lists carry and that a person's change protects (CUS-10)."""
        return set()

    # -- write ---------------------------------------------------------------

    def write(self, vals):
        keys = [name for name in self._dcrc_key_fields() if name in vals]
        if not keys or self._dcrc_may_change_keys():
            return super().write(vals)
        self.check_access("write")
        free = self.browse()
        for record in self:
            changed = record._dcrc_changed_keys(keys, vals)
            if not changed:
                free += record
                continue
            record._dcrc_propose({name: vals[name] for name in changed})
            super(KeyFieldMixin, record).write({name: value for name, value in vals.items() if name not in changed})
        return super(KeyFieldMixin, free).write(vals)

    def _dcrc_may_change_keys(self):
        """Managers, the server itself, and server code that says so (never a client)."""
        if self._dcrc_told("dcrc_direct_write"):
            return True
        return self.env.uid == SUPERUSER_ID or self.env.user.has_group("dcrc_dealer.group_dcrc_manager")

    def _dcrc_changed_keys(self, keys, vals):
        """Return the key fields that would lose a value; filling an empty one is no change."""
        self.ensure_one()
        if not self._dcrc_is_guarded():
            return set()
        return {name for name in keys if self[name] and self._dcrc_raw(name) != vals[name]}

    def _dcrc_raw(self, name):
        """Return a key field's value as `write` takes it and JSON keeps it."""
        return self._fields[name].convert_to_write(self[name], self)

    def _dcrc_propose(self, vals, **how):
        """Put `vals` (field name -> value) before the manager; ``how``: see `dcrc.change.proposal._propose`.

        The values are tried first and taken back, so that what can never be
        accepted (a taken VIN, a wrong plate) is refused now, in the field's own
        words, and so that the proposal shows the value as it would be kept.
        """
        self.ensure_one()
        proposed = self._dcrc_try_values(vals)
        return self.env["dcrc.change.proposal"]._propose(self, proposed, **how)

    def _dcrc_accept(self, name, value, follow):
        """Write what the manager confirmed, as the manager: the own rights and the history stay true.

        ``follow``: what a list said beside it, ``{"date": ISO day, "papers": [[model, id], …]}``.
        """
        self.write({name: value})

    def _dcrc_try_values(self, vals):
        """Return {field: (raw, shown)} as they'd be after a write; nothing stays written."""
        savepoint = self.env.cr.savepoint()
        try:
            trial = self.with_context(tracking_disable=True)
            # Not `trial.write`: it would propose again.
            super(KeyFieldMixin, trial).write(vals)  # pylint: disable=super-method-mismatch
            self.env.flush_all()
            return {name: (self._dcrc_raw(name), self._dcrc_shown(name)) for name in vals}
        finally:
            savepoint.close(rollback=True)

    def _dcrc_shown(self, name):
        value = self[name]
        return str((value.display_name if isinstance(value, models.BaseModel) else value) or "")

    def _dcrc_stamp_edits(self, vals):
        """Note when a person changed what lists carry, too: a list does not change it back (CUS-10)."""
        changed = self._dcrc_dms_fields() & vals.keys()
        if not self._dcrc_may_change_keys():
            changed -= set(self._dcrc_key_fields())
        if not changed or self._dcrc_told("dcrc_source") == "dms":
            return
        now = fields.Datetime.now().isoformat()
        for record in self.filtered(lambda record: record._dcrc_is_guarded()):
            record.sudo().dcrc_centre_edits = {**(record.dcrc_centre_edits or {}), **dict.fromkeys(changed, now)}
