from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .res_partner_facts import FACTS

STATES = [("open", "To Decide"), ("distinct", "Two People")]


class Duplicate(models.Model):
    """Two files of a dealer that are likely one customer's, and what a manager said about it.

    Found every night (`dcrc.duplicate.finder`). Merged, the pair goes with the file that goes; "these are
    two people" is remembered, whatever is found later.
    """

    _name = "dcrc.duplicate"
    _description = "Likely duplicate"
    _order = "strength desc, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Older File", required=True, index=True, readonly=True, ondelete="cascade"
    )
    other_id = fields.Many2one(
        "res.partner", "Newer File", required=True, index=True, readonly=True, ondelete="cascade"
    )
    # why
    same_phone = fields.Boolean(readonly=True)
    same_car = fields.Boolean("Same name and car", readonly=True)
    same_birthday = fields.Boolean("Same name and birthday", readonly=True)
    same_email = fields.Boolean("Same e-mail", readonly=True)
    strength = fields.Integer("Signs", readonly=True, help="How many of the signs hold.")
    # what was decided
    state = fields.Selection(STATES, required=True, default="open", readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    # side by side
    phones = fields.Char("Phones (older)", compute="_compute_sides")
    other_phones = fields.Char("Phones (newer)", compute="_compute_sides")
    cars = fields.Char("Cars (older)", compute="_compute_sides")
    other_cars = fields.Char("Cars (newer)", compute="_compute_sides")
    facts = fields.Text("File (older)", compute="_compute_sides")
    other_facts = fields.Text("File (newer)", compute="_compute_sides")

    _pair_once = models.UniqueIndex("(partner_id, other_id)", "These two files are a pair already.")
    _pair_ordered = models.Constraint("CHECK (partner_id < other_id)", "The older file stands first.")
    _list_idx = models.Index("(company_id, state, strength DESC, id)")

    @api.depends("partner_id", "other_id")
    @api.depends_context("lang")
    def _compute_sides(self):
        told = (self.partner_id | self.other_id)._dcrc_tell_file()
        for pair in self:
            for name in FACTS:
                pair[name] = told[pair.partner_id][name]
                pair[f"other_{name}"] = told[pair.other_id][name]

    @api.depends("partner_id", "other_id")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.partner_id.name or ''} – {pair.other_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        ordered = []
        for vals in vals_list:
            first, second = sorted((vals["partner_id"], vals["other_id"]))
            ordered.append({**vals, "partner_id": first, "other_id": second})
        return super().create(ordered)

    def action_keep_older(self):
        """Button: both are one customer; the older file stays and takes over what the newer one has."""
        return self._merge_pair("partner_id", "other_id")

    def action_keep_newer(self):
        """Button: both are one customer; the newer file stays and takes over what the older one has."""
        return self._merge_pair("other_id", "partner_id")

    def action_distinct(self):
        """Button: these are two people; never asked again."""
        self._check_manager()
        self.sudo().write({"state": "distinct", "decided_by": self.env.uid, "decided_on": fields.Datetime.now()})

    def action_undecide(self):
        """Button: it was too early to say so."""
        self._check_manager()
        self.sudo().write({"state": "open", "decided_by": False, "decided_on": False})

    @api.model
    def action_find(self):
        """Button: look now, without waiting for the night."""
        self._check_manager()
        company = self.env.company
        self.env["dcrc.duplicate.finder"].sudo()._find(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _merge_pair(self, kept, gone):
        self._check_manager()
        self.ensure_one()
        keep, drop = self[kept], self[gone]
        wizard = self.env["base.partner.merge.automatic.wizard"]
        # a manager looked at both files, their e-mail addresses among them
        wizard._merge((keep | drop).ids, dst_partner=keep, extra_checks=False)
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.customer_action")
        return {**action, "res_id": keep.id, "view_mode": "form", "views": [(False, "form")], "target": "main"}

    def _check_manager(self):
        self.check_access("read")
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("Only the manager of the customer center merges customers."))
        if self.filtered(lambda pair: pair.company_id not in self.env.companies):
            raise UserError(self.env._("Choose the dealer of these files at the top first."))

    @api.model
    def _unify(self, src_partners, dst_partner):
        """Before contacts are merged: their pairs with others become the remaining one's, their own pairs go."""
        group = src_partners | dst_partner
        pairs = self.sudo().search(Domain("partner_id", "in", group.ids) | Domain("other_id", "in", group.ids))
        by_other = {}
        for pair in pairs:
            rest = (pair.partner_id | pair.other_id) - group
            by_other.setdefault(rest, self.sudo())
            by_other[rest] |= pair
        for rest, same in by_other.items():
            # who was told apart from one of them is somebody else
            same = same.sorted(
                lambda pair: (pair.state != "distinct", dst_partner not in pair.partner_id | pair.other_id, pair.id)
            )
            (same[bool(rest) :]).unlink()
            if rest:
                first, second = (dst_partner | rest).sorted("id")
                same[:1].write({"partner_id": first.id, "other_id": second.id})
