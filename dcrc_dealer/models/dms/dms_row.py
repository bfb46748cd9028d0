from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.cells import is_text
from ...tools.dms_rows import order_number
from .dms_mapping import KINDS
from .dms_words import FINDINGS, REASONS

OUTCOMES = [
    ("created", "Created"),
    ("updated", "Updated"),
    ("unchanged", "Unchanged"),
    ("duplicate", "Duplicate"),
    ("left_out", "Left out"),
    ("held", "To Fix"),
]
SHOWN = ("name", "vin", "plate", "phone")
AT_ONCE = 200  # held rows retried within the click; more go to the background


def shown_cells(cells):
    """What stands beside a row's cells to be shown and searched: the order as it identifies, the rest as written."""
    order = order_number(cells) or cells.get("order_no") or None
    return {"order_no": order, **{name: cells.get(name) or None for name in SHOWN}}


class DmsRow(models.Model):
    """One row of a DMS list, kept for good with what became of it (handbook CUS-10).

    ``cells`` holds the texts of the known columns as they are now, ``original``
    those that were mended as the file had them, ``extra`` the unknown columns.
    Rows are written set by set (`_insert_lines`, `_store_lines`).
    """

    _name = "dcrc.dms.row"
    _description = "Row of a DMS list"
    _inherit = ["mail.thread"]
    _order = "import_id desc, sheet_name, line, id"
    _rec_name = "order_no"
    _check_company_auto = True

    import_id = fields.Many2one("dcrc.dms.import", "List", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)
    kind = fields.Selection(KINDS, "List Type", required=True, readonly=True)
    line = fields.Integer(readonly=True, help="As the file shows it, header included.")
    deferred = fields.Boolean(readonly=True, help="Named by its plate alone: placed after the others.")
    state = fields.Selection([("pending", "Not imported"), *OUTCOMES], required=True, default="pending", readonly=True)
    verdict = fields.Selection(
        OUTCOMES, "Result", required=True, readonly=True, help="Before the import: what would become of the row."
    )
    # what it says
    order_no = fields.Char("Order", readonly=True)
    name = fields.Char("Customer", readonly=True, dcrc_personal="name")
    vin = fields.Char("VIN", readonly=True, dcrc_personal="about")
    plate = fields.Char(readonly=True, dcrc_personal="about")
    phone = fields.Char(readonly=True, dcrc_personal="number")
    cells = fields.Json("Cell Contents", readonly=True, dcrc_personal="number")
    original = fields.Json(readonly=True, dcrc_personal="number")
    extra = fields.Json("Other columns", readonly=True, dcrc_personal="number")
    sheet_name = fields.Char("Sheet", readonly=True)
    # [{"line", "cells"}], where the list has several
    parts = fields.Json("Lines of the order", readonly=True, dcrc_personal="number")
    digest = fields.Char("Row Fingerprint", readonly=True)
    mended_by = fields.Many2one("res.users", readonly=True)
    sheet = fields.Json("Cells", compute="_compute_sheet", inverse="_inverse_sheet")
    # what became of it
    findings = fields.Json(readonly=True, dcrc_personal="words")
    reason = fields.Selection(REASONS, "Main reason", readonly=True)
    reason_text = fields.Char("Reasons and remarks", compute="_compute_reason_text")
    is_basis = fields.Boolean("Last Row of Its Order", readonly=True, help="The last row of its order that went in.")
    accept_vin = fields.Boolean("VIN accepted as it is", readonly=True)
    can_accept_vin = fields.Boolean("VIN May Be Confirmed", compute="_compute_can_accept_vin")
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    vehicle_id = fields.Many2one("fleet.vehicle", readonly=True, index="btree_not_null")

    _list_idx = models.Index("(import_id, verdict, line)")
    _pending_idx = models.Index("(import_id, deferred, id) WHERE state = 'pending'")
    _basis_idx = models.Index("(company_id, kind, order_no, id) WHERE is_basis")
    _digest_idx = models.Index("(company_id, digest)")

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_reason_text(self):
        labels = self.env["dcrc.dms.mapping"]._column_labels()
        sentences = FINDINGS
        for row in self:
            parts = [self._sentence(sentences, labels, *finding) for finding in row.findings or []]
            row.reason_text = "; ".join(parts)

    @api.depends("findings", "verdict")
    def _compute_can_accept_vin(self):
        manager = self.env.user.has_group("dcrc_dealer.group_dcrc_manager")
        for row in self:
            codes = {code for code, _column, _text in row.findings or []}
            row.can_accept_vin = manager and row.verdict == "held" and "vin_check_digit" in codes

    @api.depends("cells", "original", "extra", "findings")
    @api.depends_context("lang")
    def _compute_sheet(self):
        labels = {kind: self.env["dcrc.dms.mapping"]._column_labels(kind) for kind, _label in KINDS}
        all_labels = self.env["dcrc.dms.mapping"]._column_labels()
        sentences = FINDINGS
        for row in self:
            found = {}
            for finding in row.findings or []:
                sentence = self._sentence(sentences, all_labels, *finding)
                found.setdefault(finding[1], []).append(sentence)
            row.sheet = [
                row._prepare_sheet_line(name, label, found.get(name, []))
                for name, label in labels[row.kind].items()
                if name in (row.cells or {}) or name in found
            ]

    def _prepare_sheet_line(self, name, label, found):
        text = (self.cells or {}).get(name) or ""
        original = (self.original or {}).get(name, text)
        return {"column": name, "label": label, "text": text, "original": original, "reasons": found}

    def _inverse_sheet(self):
        for row in self:
            lines = row.sheet or []
            if not isinstance(lines, list) or not all(
                isinstance(line, dict) and is_text(line.get("column")) and is_text(line.get("text") or "")
                for line in lines
            ):
                raise UserError(self.env._("Cells are a list of objects: column and text."))
            row._mend({line["column"]: line.get("text") or "" for line in lines})

    def write(self, vals):
        """Whoever mends a row changes its cells; everything else is the import's to write."""
        if not self.env.su and vals.keys() - {"sheet"} - self._mail_fields():
            raise AccessError(self.env._("Only the cells of a row can be changed."))
        return super().write(vals)

    def _mail_fields(self):
        return {name for name in self._fields if name.startswith(("message_", "website_message"))}

    # -- actions -------------------------------------------------------------

    def action_retry(self):
        """Judge rows anew, and let them in when their list has been imported already."""
        self.import_id._check_importer()
        self.check_access("write")
        rows = self.filtered(lambda row: row.verdict == "held")
        for dms_import, group in rows.grouped("import_id").items():
            dms_import.sudo()._retry(group.sudo(), at_once=len(rows) <= AT_ONCE)
        return self._tell_retry(rows)

    def action_accept_vin(self):
        """A manager lets a VIN with a wrong check digit in as it is; logged on the row."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            raise AccessError(self.env._("Only a manager accepts a VIN with a wrong check digit."))
        self.check_access("write")
        rows = self.filtered("can_accept_vin")
        if not rows:
            raise UserError(self.env._("None of these rows is held back for its VIN's check digit."))
        rows.sudo().accept_vin = True
        rows |= self._same_vins(rows)
        rows.sudo()._message_log_batch(
            {row.id: escape(self.env._("VIN %(vin)s accepted as it is.", vin=row.vin)) for row in rows}
        )
        return rows.action_retry()

    def _same_vins(self, rows):
        """Other rows held back for the VINs of these: what is accepted is accepted for good."""
        domain = Domain("company_id", "in", rows.company_id.ids) & Domain("vin", "in", rows.mapped("vin"))
        return self.search(domain & Domain("state", "=", "held")).filtered("can_accept_vin")

    def action_open_partner(self):
        """Open the customer that the row was placed on."""
        return self._open("res.partner", self.partner_id)

    def action_open_vehicle(self):
        """Open the car that the row was placed on."""
        return self._open("fleet.vehicle", self.vehicle_id)

    def _open(self, model, record):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": model, "res_id": record.id, "views": [(False, "form")]}

    def _tell_retry(self, rows):
        rows.invalidate_recordset(["verdict", "state"])
        left = rows.filtered(lambda row: row.verdict == "held")
        waiting = rows.filtered(lambda row: row.state == "pending")
        message = self.env._("%(done)s of %(total)s rows are right now.", done=len(rows) - len(left), total=len(rows))
        if waiting and waiting.import_id.filtered(lambda i: i.state in ("queued", "running")):
            message = self.env._("%(total)s rows are being tried again.", total=len(rows))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if left else "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # -- business ------------------------------------------------------------

    def _mend(self, texts):
        """Replace cells of a held row; the file's own texts are kept beside them."""
        self.ensure_one()
        if self.verdict != "held":
            raise UserError(self.env._("This row has nothing to fix."))
        cells, original = dict(self.cells or {}), dict(self.original or {})
        labels = self.env["dcrc.dms.mapping"]._column_labels(self.kind)
        changes = []
        for name, text in ((name, texts[name]) for name in labels if name in texts):
            before = cells.get(name) or ""
            if text != before:
                original.setdefault(name, before)
                cells[name] = text
                changes.append((name, before, text))
        if not changes:
            return
        mended = {"cells": cells, "original": original, "mended_by": self.env.uid}
        self.sudo().write({**mended, **shown_cells(cells)})
        words = [f"{labels[name]}: {before or '–'} → {text or '–'}" for name, before, text in changes]
        self.sudo()._message_log_batch({self.id: escape("; ".join(words))})

    @api.model
    def _sentence(self, sentences, labels, code, column="", text=""):
        """Return a finding in the reader's words."""
        if code not in sentences:
            return f"{code} {text}"
        label = labels.get(column) or self._record_label(column)
        template = self.env._(sentences[code])
        return template % {"column": label, "text": text}

    def _record_label(self, name):
        """Label of a field of the file that a remark names."""
        for model in ("res.partner", "fleet.vehicle", "dcrc.delivery", "dcrc.service.visit"):
            if name in self.env[model]._fields:
                return self.env[model]._fields[name]._description_string(self.env)
        return name
