"""Merging contacts without losing a row of the center's files.

Odoo's wizard re-points rows by SQL and *deletes* those that hit a constraint.
Here, what would collide is united first, and the rows are counted before and
after: a merge that would lose one is refused as a whole.
"""

import psycopg2

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        partners = self.env["res.partner"].browse(partner_ids).exists()
        customers = partners.sudo().filtered("dcrc_customer")
        if not customers:
            return super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        self._dcrc_check_merge(partners, customers, extra_checks)
        # As root after our checks: other applications read their own rows of the contacts here
        # (website: its visitors), which nobody in the center may.
        result = super(BasePartnerMergeAutomaticWizard, self.sudo())._merge(
            partner_ids, dst_partner=dst_partner and dst_partner.sudo(), extra_checks=extra_checks
        )
        partners.exists()._dcrc_sync_phone()
        return result

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._dcrc_unify(src_partners, dst_partner)
        self.env.flush_all()
        before = self._dcrc_count_rows(src_partners | dst_partner)
        result = super()._update_foreign_keys(src_partners, dst_partner)
        if self._dcrc_count_rows(dst_partner) != before:
            raise UserError(
                self.env._(
                    "These contacts can't be merged: rows of their files would get lost. "
                    "Merge what they have twice by hand first."
                )
            )
        return result

    def _update_reference_fields(self, src_partners, dst_partner):
        result = super()._update_reference_fields(src_partners, dst_partner)
        for model in self.env.values():
            if model._name.startswith("dcrc.") and model._auto and not model._abstract:
                for field in model._fields.values():
                    if field.type == "many2one_reference" and field.store:
                        self._dcrc_point_anew(model, field, src_partners, dst_partner)
        return result

    def _dcrc_point_anew(self, model, field, src_partners, dst_partner):
        """Let rows that name a contact by model and id name the remaining one.

        By SQL, because logs can't be written in any other way, and row by row: a row
        that the remaining contact has already keeps its old, dead reference.
        """
        domain = [(field.model_field, "=", "res.partner"), (field.name, "in", src_partners.ids)]
        rows = model.sudo().with_context(active_test=False).search(domain)
        for row in rows:
            try:
                with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                    self.env.cr.execute(
                        SQL(
                            "UPDATE %s SET %s = %s WHERE id = %s",
                            SQL.identifier(model._table),
                            SQL.identifier(field.name),
                            dst_partner.id,
                            row.id,
                        )
                    )
            except psycopg2.errors.UniqueViolation:
                continue
        rows.invalidate_recordset([field.name])

    def _update_values(self, src_partners, dst_partner):
        # Uniting two files is no correction by a person: DMS lists may still update them.
        kept = dst_partner.sudo()
        edits, names = kept.dcrc_centre_edits, [*(kept.dcrc_other_names or []), *src_partners.mapped("name")]
        for partner in src_partners.sudo():
            names += partner.dcrc_other_names or []
        result = super()._update_values(src_partners, dst_partner)
        kept.dcrc_centre_edits = edits
        if kept.dcrc_customer:
            # the DMS goes on writing the old name: it means this customer now
            kept.dcrc_merged_on = fields.Datetime.now()
            kept.dcrc_other_names = list(dict.fromkeys(filter(None, names)))
        return result

    # -- business ------------------------------------------------------------

    def _dcrc_check_merge(self, partners, customers, extra_checks):
        """Refuse what would cross dealers, and whoever may not decide it (CUS-7).

        :param extra_checks: as Odoo's own, which root is spared.
        """
        if len((customers | partners.sudo()).company_id) > 1:
            raise UserError(
                self.env._(
                    "These customers belong to different dealers, and each dealer keeps its own "
                    "file: they can't be merged."
                )
            )
        if not partners._dcrc_may_change_keys():
            raise UserError(self.env._("Only the manager of the customer center merges customers."))
        partners.check_access("write")
        if extra_checks and not self.env.is_admin() and len(set(partners.mapped("email"))) > 1:
            raise UserError(
                self.env._("These customers have different e-mail addresses: only an administrator merges them.")
            )

    def _dcrc_unify(self, src_partners, dst_partner):
        """Unite what both sides have and the database allows only once; rooms extend this."""
        self._dcrc_unify_phones(src_partners, dst_partner)
        self._dcrc_unify_users(src_partners, dst_partner)
        self._dcrc_unify_proposals(src_partners, dst_partner)
        self.env["dcrc.duplicate"]._unify(src_partners, dst_partner)

    def _dcrc_unify_phones(self, src_partners, dst_partner):
        """One line a number: the latest check counts, calls and corrections follow."""
        phones = self.env["dcrc.phone"].sudo().search([("partner_id", "in", (src_partners | dst_partner).ids)])
        for same in phones.grouped("number").values():
            keep = (same.filtered(lambda p: p.partner_id == dst_partner) or same)[:1]
            drop = same - keep
            if not drop:
                continue
            checked = same.filtered("last_check").sorted("last_check")[-1:]
            if checked:
                keep.write({"state": checked.state, "last_check": checked.last_check})
            self._update_foreign_keys_generic("dcrc.phone", drop, keep)
            drop.unlink()

    def _dcrc_unify_users(self, src_partners, dst_partner):
        """Two users of a car become one: the line of the vanishing contact is closed."""
        links = (
            self.env["dcrc.vehicle.owner"]
            .sudo()
            .search(
                [("partner_id", "in", (src_partners | dst_partner).ids), ("role", "=", "user"), ("date_to", "=", False)]
            )
        )
        for same in links.grouped("vehicle_id").values():
            keep = (same.filtered(lambda link: link.partner_id == dst_partner) or same)[:1]
            for link in same - keep:
                today = link.company_id._dcrc_today()
                link.date_to = max(today, link.date_from or today)

    def _dcrc_unify_proposals(self, src_partners, dst_partner):
        proposals = (
            self.env["dcrc.change.proposal"]
            .sudo()
            .search(
                [
                    ("res_model", "=", "res.partner"),
                    ("res_id", "in", (src_partners | dst_partner).ids),
                    ("state", "=", "pending"),
                ]
            )
        )
        for same in proposals.grouped("field_name").values():
            keep = (same.filtered(lambda p: p.res_id == dst_partner.id) or same)[:1]
            (same - keep)._decide("replaced")

    def _dcrc_count_rows(self, partners):
        """Return {(table, column): rows} of our tables that point at `partners`."""
        counts = {}
        ours = {model._table for model in self.env.values() if model._name.startswith("dcrc.")}
        for table, column in self._get_fk_on("res_partner"):
            # Tables of a many2many aren't among them: the same tag twice is one tag.
            if table in ours:
                query = SQL(
                    "SELECT COUNT(*) FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    partners.ids,
                )
                counts[table, column] = self.env.execute_query(query)[0][0]
        return counts
