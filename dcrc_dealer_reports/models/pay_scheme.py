from odoo import api, fields, models

from odoo.addons.dcrc_dealer.tools.given import Free, given

LEVELS = [("department", "The department as a whole"), ("person", "Each person")]


class PayScheme(models.Model):
    """How figures become pay (KPI): weights, targets and caps, fines and rewards, from when until when.

    The general manager writes it; who is paid by it only reads it. A dealer begins with a copy of what the
    standard has published.
    """

    _name = "dcrc.pay.scheme"
    _description = "KPI Scheme"
    _inherit = ["mail.thread", "dcrc.template.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    level = fields.Selection(LEVELS, "Paid to", required=True, default="department", tracking=True)
    department_id = fields.Many2one(
        "dcrc.department",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
        help="Empty: the figures of the whole dealer.",
    )
    date_from = fields.Date("Valid from", required=True, tracking=True, default="2020-01-01")
    date_to = fields.Date("Valid until", tracking=True, help="Empty: until further notice.")
    base_amount = fields.Float(
        "Amount at 100 %", digits=(12, 2), tracking=True, help="Paid for a composite of 100 %; 0: points alone."
    )
    line_ids = fields.One2many("dcrc.pay.line", "scheme_id", "Lines", copy=True)
    weight_sum = fields.Float("Sum of Weights (%)", compute="_compute_weight_sum", digits=(5, 1))
    weight_words = fields.Char("Sums of the Parts", compute="_compute_weight_sum")

    # one at a time for whom it pays, whoever writes it
    _no_overlap = models.Constraint(
        """EXCLUDE USING gist (
            int4range(company_id, company_id, '[]') WITH &&,
            int4range(COALESCE(department_id, 0), COALESCE(department_id, 0), '[]') WITH &&,
            int4range((level = 'person')::integer, (level = 'person')::integer, '[]') WITH &&,
            daterange(date_from, date_to, '[]') WITH &&
        ) WHERE (active AND company_id IS NOT NULL)""",
        "Another scheme holds for the same people in these days: end it first.",
    )
    _days_in_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from <= date_to)", "A scheme begins before it ends."
    )
    _amount_sane = models.Constraint("CHECK (base_amount >= 0)", "The amount cannot be negative.")

    @api.depends("line_ids.weight", "line_ids.parent_id", "line_ids.kind")
    def _compute_weight_sum(self):
        for scheme in self:
            lines = scheme.line_ids.filtered(lambda line: line.kind in ("weight", "group"))
            top = lines.filtered(lambda line: not line.parent_id)
            scheme.weight_sum = sum(top.mapped("weight"))
            parts = [
                self.env._("%(name)s: %(sum)s %%", name=group.name, sum=f"{sum(children.mapped('weight')):g}")
                for group, children in lines.grouped("parent_id").items()
                if group
            ]
            scheme.weight_words = " · ".join(parts)

    @given(default=Free)
    def copy(self, default=None):
        """Lines hang below the copies of what they hung below."""
        copies = super().copy(default)
        for scheme, copy in zip(self, copies, strict=True):
            lines = scheme.line_ids.sorted(lambda line: (line.sequence, line.id))
            pairs = dict(zip(lines, copy.line_ids.sorted("id"), strict=True))
            for old, new in pairs.items():
                new.parent_id = pairs.get(old.parent_id)
        return copies

    def copy_data(self, default=None):
        """A copy does not hold in the same days as what it was made from: it waits."""
        default = default or {}
        archived = {} if "is_template" in default else {"active": False}
        return [
            {**data, **{name: value for name, value in archived.items() if name not in default}}
            for data in super().copy_data(default)
        ]

    def _take_translations(self, template, name, langs):
        """The lines' names, too."""
        taken = super()._take_translations(template, name, langs)
        if name == "name":
            for line, source in zip(self.line_ids.sorted("id"), template.line_ids.sorted("id"), strict=False):
                values = {lang: source.with_context(lang=lang).name for lang in langs}
                line.update_field_translations("name", values)
        return taken

    @api.model
    def _get_valid(self, company, month):
        """Schemes that hold on the last day of a month."""
        last = fields.Date.add(month, months=1, days=-1)
        return self.search(
            [
                ("company_id", "=", company.id),
                ("date_from", "<=", last),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", last),
            ]
        )

    def action_prepare_month(self):
        """Button: preview this month by the scheme."""
        self.ensure_one()
        months = self.env["dcrc.pay.month"]._prepare(self.company_id, self.company_id._dcrc_today(), self)
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer_reports.pay_month_action")
        return {**action, "domain": [("id", "in", months.ids)], "context": {}}
