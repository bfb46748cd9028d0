from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .complaint import SEVERITIES, SOURCES


class ComplaintItem(models.Model):
    """A word of the lists that complaints are sorted by, in two levels: data that each dealer edits (CMP-1, CMP-6)."""

    _name = "dcrc.complaint.item"
    _description = "Complaint list entry"
    _inherit = ["dcrc.template.mixin"]
    _order = "kind, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("source", "Source"),
            ("category", "Category"),
            ("cause", "Cause"),
            ("ground", "Ground of the level"),
            ("compensation", "Compensation"),
        ],
        required=True,
        index=True,
    )
    parent_id = fields.Many2one(
        "dcrc.complaint.item",
        "Part of",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', kind), ('parent_id', '=', False), ('company_id', '=', company_id)]",
        help="Lists have two levels: an entry with parts is a heading in evaluations.",
    )
    source = fields.Selection(SOURCES, "Treated as", help="What follows from where a complaint came from.")
    level = fields.Selection(SEVERITIES, help="A complaint with this ground has at least this level.")

    _source_says_how = models.Constraint(
        "CHECK (kind != 'source' OR source IS NOT NULL)", "Say how complaints of this source are treated."
    )

    @api.depends("name", "parent_id.name")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " / ".join(filter(None, [item.parent_id.name, item.name]))

    @api.constrains("parent_id", "kind")
    def _check_levels(self):
        for item in self.filtered("parent_id"):
            if item.parent_id.parent_id or item.parent_id == item:
                raise ValidationError(self.env._("“%(name)s” would be a third level: lists have two.", name=item.name))
            if item.parent_id.kind != item.kind:
                raise ValidationError(self.env._("“%(name)s” belongs to another list.", name=item.parent_id.name))
        if any(item.parent_id for item in self) and self.search_count([("parent_id", "in", self.ids)], limit=1):
            raise ValidationError(self.env._("An entry that has parts cannot become a part itself."))

    def _prepare_template_copy(self, company):
        values = super()._prepare_template_copy(company)
        return {**values, "parent_id": self.parent_id._dcrc_copy_for(company).id}

    @api.model
    def _get_for_source(self, source, company):
        """The dealer's first entry for a source (empty when its list has none)."""
        return self.sudo().search(
            [("kind", "=", "source"), ("source", "=", source), ("company_id", "=", company.id)], limit=1
        )

    def _merge_into(self, target):
        """Let `target` take over whatever names these entries; they are archived, no case loses its word.

        :raise UserError: when they are not of one list and dealer, or a heading would come below its own part.
        """
        others = self - target
        if any((item.kind, item.company_id) != (target.kind, target.company_id) for item in others):
            raise UserError(self.env._("Only entries of the same list can be merged."))
        children = self.with_context(active_test=False).search([("parent_id", "in", others.ids)])
        if target in children or target.parent_id and children:
            raise UserError(self.env._("“%(name)s” is a part: merge its parts first.", name=target.name))
        children.parent_id = target
        for model in self.env.values():
            if not model._auto or model._transient or model._name == self._name:
                continue
            for field in model._fields.values():
                if field.type == "many2one" and field.comodel_name == self._name and field.store:
                    rows = model.sudo().with_context(active_test=False).search([(field.name, "in", others.ids)])
                    rows.with_context(tracking_disable=True)._take_over_item(field.name, target)
        others.active = False
