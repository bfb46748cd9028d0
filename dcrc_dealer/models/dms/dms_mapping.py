from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.given import OneOf, given
from ...tools.headers import ALIASES, KNOWN, REQUIRED, header_key

KINDS = [("sales", "Sales deliveries"), ("service", "Repair orders")]
COLUMNS = [
    ("order_no", "Order number"),
    ("name", "Customer's name"),
    ("phone", "Mobile"),
    ("landline", "Landline"),
    ("gender", "Gender"),
    ("birth_date", "Birthday"),
    ("email", "E-mail"),
    ("address", "Address"),
    ("vin", "VIN"),
    ("plate", "Plate"),
    ("model_name", "Model"),
    ("model_code", "Model code"),
    ("color", "Color"),
    ("engine_number", "Engine number"),
    ("invoice_date", "Invoice date"),
    ("date", "Delivery date"),
    ("consultant", "Sales consultant"),
    ("insurer", "Insurer"),
    ("insurance_end", "Insured until"),
    ("source", "Customer Source"),
    ("kind", "Visit type"),
    ("date_in", "Checked In"),
    ("date_out", "Checked Out"),
    ("mileage", "Mileage"),
    ("adviser", "Service adviser"),
    ("technician", "Technician"),
    ("work", "Work done"),
    ("labour_amount", "Labor"),
    ("parts_amount", "Parts"),
    ("amount_total", "Total"),
    ("booked", "By appointment"),
    ("status", "Status of the paper"),
    ("reverses", "Takes back the order"),
]


class DmsMapping(models.Model):
    """What a column of the dealer's lists means, as somebody put it right once."""

    _name = "dcrc.dms.mapping"
    _description = "Column of a DMS list"
    _order = "kind, header"
    _rec_name = "header"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, "List", required=True)
    header = fields.Char("Column in the list", required=True)
    header_key = fields.Char("Normalized Heading", compute="_compute_header_key", store=True, precompute=True)
    column = fields.Selection(COLUMNS, "Mapped Field", help="Empty: the column is not used.")

    _header_once = models.UniqueIndex(
        "(company_id, kind, header_key)", "The dealer has said already what this column means."
    )

    @api.depends("header")
    def _compute_header_key(self):
        for mapping in self:
            mapping.header_key = header_key(mapping.header)

    @api.model
    def _saved(self, company):
        """Return {kind: {header key: column or ""}} of a dealer."""
        saved = {kind: {} for kind, _label in KINDS}
        for mapping in self.sudo().search([("company_id", "=", company.id)]):
            saved[mapping.kind][mapping.header_key] = mapping.column or ""
        return saved

    @api.model
    def _remember(self, company, kind, columns):
        """Save what differs from the usual names; ``columns``: [(header, column)]."""
        known = self.sudo().search([("company_id", "=", company.id), ("kind", "=", kind)])
        by_key = {mapping.header_key: mapping for mapping in known}
        for header, column in columns:
            key = header_key(header)
            usual = KNOWN[kind].get(key, ("",))[0]
            if key in by_key:
                by_key[key].column = column or False
            elif key and column != usual:
                vals = {"kind": kind, "header": header, "column": column or False}
                self.sudo().create({**vals, "company_id": company.id})

    @api.model
    def _column_labels(self, kind=None):
        """Return {column: label in the reader's language}, of one kind of list or all."""
        labels = dict(self._fields["column"]._description_selection(self.env))
        return {name: labels[name] for name in (ALIASES[kind] if kind else labels)}

    @api.model
    @given(kind=OneOf("sales", "service"))
    def get_columns(self, kind):
        """Return [{"name", "label", "required"}]: what a column of this kind of list may mean."""
        if kind not in REQUIRED:
            raise UserError(self.env._("The kind of list is “sales” or “service”."))
        required = {names[0] for names in REQUIRED[kind] if len(names) == 1}
        return [
            {"name": name, "label": label, "required": name in required}
            for name, label in self._column_labels(kind).items()
        ]
