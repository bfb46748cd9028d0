import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.audit_seal import fingerprint, new_key, public_key


class AuditKey(models.Model):
    """A dealer's key that seals its audits; of dealers in other databases the public half (REP-4)."""

    _name = "dcrc.audit.key"
    _description = "Audit Key"
    _order = "dealer, id"
    _rec_name = "dealer"
    _check_company_auto = True

    dealer = fields.Char("Dealer of the Key", required=True)
    company_id = fields.Many2one(
        "res.company", "Kept By", required=True, index=True, default=lambda self: self.env.company
    )
    public = fields.Char(
        "Public Key", required=True, help="What the dealer tells headquarters: it checks, it cannot seal."
    )
    private = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    own = fields.Boolean("Seals Here", readonly=True, copy=False, help="The private half is kept in this database.")
    mark = fields.Char("Fingerprint", compute="_compute_mark", help="To compare on the phone.")
    active = fields.Boolean(default=True)

    _public_once = models.UniqueIndex("(company_id, public)", "This key is known already.")
    _own_once = models.UniqueIndex("(company_id) WHERE own AND active", "A dealer seals with one key.")

    @api.depends("public")
    def _compute_mark(self):
        for key in self:
            key.mark = key._is_key() and fingerprint(key.public)

    @api.constrains("public")
    def _check_public(self):
        for key in self:
            if not key._is_key():
                raise ValidationError(self.env._("This is no public key: copy it from the dealer's list of keys."))

    def _is_key(self):
        """Whether the public half has the form of one: 32 bytes in base64."""
        try:
            return len(base64.b64decode(self.public or "", validate=True)) == 32
        except (binascii.Error, ValueError):
            return False

    def write(self, vals):
        if {"public", "company_id"} & vals.keys() and any(self.mapped("own")):
            raise UserError(
                self.env._("The dealer's own key can't be changed: archive it, and the next audit makes a new one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_own_never(self):
        if any(self.mapped("own")):
            raise UserError(
                self.env._("The dealer's own key can't be deleted: what it sealed could not be checked any more.")
            )

    @api.model
    def _of(self, company):
        """The private key of a dealer, 32 bytes; made when it is needed first."""
        key = self.sudo().search([("company_id", "=", company.id), ("own", "=", True)], limit=1)
        if not key:
            private = new_key()
            vals = {"company_id": company.id, "dealer": company.name, "own": True}
            key = self.sudo().create(
                {**vals, "public": public_key(private), "private": base64.b64encode(private).decode()}
            )
        return base64.b64decode(key.private)

    @api.model
    def _known(self, companies):
        """Keys that these dealers know, ``{public: dealer's name}``; archived ones still check."""
        keys = self.with_context(active_test=False).search([("company_id", "in", companies.ids)])
        return {key.public: key.dealer for key in keys}
