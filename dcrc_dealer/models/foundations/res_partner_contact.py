from odoo import api, fields, models

from ...tools.phone import normalise_phone, show_phone
from .res_partner import READERS

COMPOUND_SURNAMES = {
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "司徒",
    "令狐",
    "夏侯",
    "轩辕",
    "宇文",
    "长孙",
    "鲜于",
    "闾丘",
    "端木",
    "百里",
    "呼延",
    "独孤",
    "南宫",
    "西门",
    "申屠",
}


class ResPartner(models.Model):
    """How the customer is addressed and reached, and what to know before (CUS-1, CUS-3)."""

    _inherit = "res.partner"

    dcrc_refusals = fields.Json(
        "Contact Refusals", compute="_compute_dcrc_refusals", compute_sudo=True, groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_best_number = fields.Char(
        "Phone number", compute="_compute_dcrc_best_number", groups=READERS, dcrc_personal="number"
    )
    dcrc_warning_text = fields.Char("Warnings", compute="_compute_dcrc_warning_text")

    @api.depends("dcrc_phone_ids.state", "dcrc_do_not_contact_ids", "active", "company_id", "email")
    @api.depends_context("lang")
    def _compute_dcrc_refusals(self):
        for company, partners in self.grouped("company_id").items():
            refusals = self.env["dcrc.gate"]._explain(company, partners._origin.ids) if company else {}
            for partner in partners:
                partner.dcrc_refusals = refusals.get(partner._origin.id, [])

    @api.depends("dcrc_phone_ids.number", "dcrc_phone_ids.state", "dcrc_phone_ids.sequence")
    def _compute_dcrc_best_number(self):
        for partner in self:
            partner.dcrc_best_number = show_phone(partner._dcrc_best_phone().number) or False

    def _compute_dcrc_warning_text(self):
        for partner in self:
            known = partner.dcrc_customer and partner._origin
            labels = [warning["label"] for warning in known._dcrc_warnings()] if known else []
            partner.dcrc_warning_text = " · ".join(labels)

    def _dcrc_adopt_phone(self):
        """Make sure that a number typed into Odoo's own field stands among the phones."""
        if self._dcrc_told("dcrc_phone_synced"):
            return
        vals_list = []
        for partner in self.filtered(lambda p: p.dcrc_customer and p.phone):
            number, kind, error = normalise_phone(partner.phone)
            if not error and number not in partner.dcrc_phone_ids.mapped("number"):
                vals_list.append({"partner_id": partner.id, "number": number, "role": kind or "other", "sequence": 5})
        if vals_list:
            self.env["dcrc.phone"].sudo().create(vals_list)
        self.filtered(lambda p: p.dcrc_customer and p.phone)._dcrc_sync_phone()

    def _dcrc_sync_phone(self):
        """Keep Odoo's `phone` equal to the first number that can be dialled, where the dealer so sets.

        Everybody who sees contacts reads that field: otherwise a customer's numbers stand in
        `dcrc.phone` alone.
        """
        for partner in self.with_context(dcrc_phone_synced=True, dcrc_direct_write=True, tracking_disable=True).sudo():
            number = partner._dcrc_best_phone().number or partner.dcrc_phone_ids[:1].number
            shown = (partner.company_id.dcrc_share_phone and show_phone(number)) or False
            if shown != partner.phone:
                partner.phone = shown

    def _dcrc_best_phone(self):
        """The number to dial: usable, in the order that people gave them (may be empty, of nobody it is)."""
        if self:
            self.ensure_one()
        return self.dcrc_phone_ids._dcrc_first()

    def _dcrc_title_name(self):
        """How to address the customer: surname and title for a person, else the name."""
        self.ensure_one()
        name = (self.name or "").strip()
        gender = self.sudo().dcrc_gender  # a title is for everybody who may write to the customer
        if self.is_company or not gender or len(name) > 4 or not name:
            return name
        surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else name[:1]
        if gender == "female":
            return self.env._("Ms %(surname)s", surname=surname)
        return self.env._("Mr %(surname)s", surname=surname)

    def _dcrc_warnings(self):
        """What to know before talking to the customer; rooms add their own.

        Return a list of ``{"code", "label", "level"}``; level is "danger" or "warning".
        """
        self.ensure_one()
        return [{"code": code, "label": label, "level": level} for code, label, level in self.dcrc_refusals or []]
