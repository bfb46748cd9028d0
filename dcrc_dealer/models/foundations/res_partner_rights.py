from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL
from odoo.tools.sql import column_exists, create_column


class ResPartner(models.Model):
    """What a dealer keeps to itself, what nobody changes about it, and what belongs to somebody else."""

    _inherit = "res.partner"

    dcrc_kept = fields.Boolean(
        "In a Customer's File",
        compute="_compute_dcrc_kept",
        store=True,
        recursive=True,
        help="A customer, or a person or an address below one: other dealers don't see it.",
    )

    def _auto_init(self):
        """Fill the column for all contacts at once; what stands below a customer belongs to its dealer."""
        if not column_exists(self.env.cr, self._table, "dcrc_kept"):
            create_column(self.env.cr, self._table, "dcrc_kept", "boolean")
            if column_exists(self.env.cr, self._table, "dcrc_customer"):
                self._dcrc_fill_kept()
        return super()._auto_init()

    def _dcrc_fill_kept(self):
        self.env.cr.execute(
            SQL(
                """WITH RECURSIVE kept AS (
                       SELECT id, company_id FROM res_partner WHERE dcrc_customer
                        UNION
                       SELECT p.id, k.company_id FROM res_partner p JOIN kept k ON p.parent_id = k.id)
                   UPDATE res_partner p
                      SET dcrc_kept = TRUE, company_id = COALESCE(p.company_id, k.company_id)
                     FROM kept k
                    WHERE p.id = k.id"""
            )
        )

    @api.depends("dcrc_customer", "parent_id.dcrc_kept")
    def _compute_dcrc_kept(self):
        for partner in self:
            partner.dcrc_kept = partner.dcrc_customer or partner.parent_id.dcrc_kept

    @api.model
    def _dcrc_kept_domain(self):
        return [("dcrc_kept", "=", True), ("partner_share", "=", True)]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._dcrc_follow_parent(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._dcrc_check_dealer(vals)
        self._dcrc_check_login(vals)
        if vals.get("parent_id"):
            self._dcrc_follow_parent(vals)
        if vals.get("dcrc_customer"):
            self._dcrc_take_along(vals.get("company_id"))
        return super().write(vals)

    def _dcrc_take_along(self, company_id):
        """Who stands below these belongs to their dealer, as they become customers."""
        for customer in self.sudo().with_context(active_test=False).filtered("child_ids"):
            domain = [("id", "child_of", customer.id), ("id", "!=", customer.id), ("company_id", "=", False)]
            customer.search(domain).company_id = company_id or customer.company_id.id

    def _dcrc_follow_parent(self, vals):
        """A person or an address below a customer belongs to the customer's dealer (in place)."""
        parent_id = vals.get("parent_id", self.env.context.get("default_parent_id"))
        parent = self.sudo().browse(parent_id if isinstance(parent_id, int) else False).exists()
        if parent.dcrc_kept and not vals.get("company_id"):
            vals["company_id"] = parent.company_id.id

    @api.constrains("parent_id", "company_id", "dcrc_kept")
    def _check_dcrc_company_of_parent(self):
        for partner in self.sudo().filtered("dcrc_kept"):
            if partner.parent_id.dcrc_kept and partner.company_id != partner.parent_id.company_id:
                raise UserError(self.env._("Who stands below a customer belongs to the customer's dealer."))

    def _dcrc_check_dealer(self, vals):
        """A file belongs to the dealer that keeps it, for good (PIPL art. 23): cars and papers hang on it."""
        if "company_id" not in vals:
            return
        moved = self.sudo().filtered(lambda p: p.dcrc_kept and p.company_id.id not in (False, vals["company_id"]))
        if moved:
            raise UserError(self.env._("A customer stays with the dealer: another dealer keeps a file of its own."))

    def _dcrc_check_login(self, vals):
        """Who has a login gets the link for a new password at this address."""
        if "email" not in vals or self.env.su or self.env.user.dcrc_writes_contacts:
            return
        others = self.sudo().with_context(active_test=False).user_ids - self.env.user
        if others:
            raise AccessError(self.env._("This e-mail address belongs to a login: the administrator changes it."))
