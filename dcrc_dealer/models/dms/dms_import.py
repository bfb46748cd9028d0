from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools.cells import date_in_name
from .dms_mapping import KINDS
from .dms_row import OUTCOMES
from .dms_words import PROBLEMS

BEFORE = ("reading", "columns", "failed", "preview")
WORKING = ("reading", "queued", "running")
KEY_COLUMNS = {"name", "phone", "landline", "vin", "plate", "order_no"}
EDITABLE = {"kind", "list_date", "columns", "note"}
OF_DEALER = {"rules_from", "spread_weeks"}


class DmsImport(models.Model):
    """A list given to the system: file, recognized columns, rows, progress (CUS-10).

    reading → preview (or: columns to check, or: failed) → queued → running → done.
    Every row keeps its own state, so a run that was cut off goes on where it stopped.
    """

    _name = "dcrc.dms.import"
    _description = "DMS List"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _moves = {
        **dict.fromkeys(("reading", "columns", "failed"), BEFORE),
        "preview": (*BEFORE, "queued"),
        "queued": ("running",),
        "running": ("done",),
        "done": ("queued",),
    }
    _stamps = {"running": ("started_at",), "done": ("finished_at",)}

    name = fields.Char("File", required=True, readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", required=True, readonly=True, index=True)
    kind = fields.Selection(KINDS, "List")
    source = fields.Selection(
        [("upload", "Uploaded"), ("folder", "Watched folder"), ("api", "Pushed by the DMS")],
        required=True,
        default="upload",
        readonly=True,
    )
    list_date = fields.Date(
        "Date of the list",
        required=True,
        help="The day on which the DMS wrote it: what the center changed since then stays.",
    )
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users",
        "Answers for It",
        readonly=True,
        index="btree_not_null",
        help="Who gave the list, or last put it right. Empty: the DMS itself. What a list of anyone below"
        " manager says of known customers' and cars' key fields waits for the manager (CUS-7).",
    )
    state = fields.Selection(
        [
            ("reading", "Being read"),
            ("columns", "Columns to check"),
            ("failed", "Cannot be read"),
            ("preview", "Ready to import"),
            ("queued", "Waiting to run"),
            ("running", "Running"),
            ("done", "Imported"),
        ],
        required=True,
        default="reading",
        readonly=True,
        index=True,
        tracking=True,
    )
    # the file
    file = fields.Binary("Content", attachment=True, readonly=True)
    checksum = fields.Char(readonly=True, index="btree_not_null")
    file_size = fields.Integer("Size (bytes)", readonly=True)
    file_kind = fields.Char("File Type", readonly=True)
    header_line = fields.Integer("Headings in line", readonly=True)
    columns = fields.Json()  # [{"header", "column", "samples"}]
    same_id = fields.Many2one("dcrc.dms.import", "Uploaded Before As", readonly=True, ondelete="set null")
    problem = fields.Json(readonly=True)  # {"code", "params"}
    problem_text = fields.Char("What is wrong", compute="_compute_problem_text")
    skipped = fields.Json(readonly=True)  # lines that repeat the headings or sum up
    remarks = fields.Json(readonly=True)  # [{"code", "params"}] on columns and sheets
    read_tries = fields.Integer(readonly=True, help="How often reading was begun and did not come to its end.")
    date1904 = fields.Boolean("1904 Date System", readonly=True, help="The workbook counts its days from 1904.")
    hint_text = fields.Char("Hints", compute="_compute_problem_text")
    # the first list of a dealer
    is_first = fields.Boolean(compute="_compute_is_first")
    rules_from = fields.Date(related="company_id.dcrc_rules_from", readonly=False)
    spread_weeks = fields.Integer(related="company_id.dcrc_spread_weeks", readonly=False)
    # rows and progress
    row_ids = fields.One2many("dcrc.dms.row", "import_id", "Rows")
    row_count = fields.Integer("Number of rows", readonly=True)
    done_count = fields.Integer("Rows done", readonly=True)
    progress = fields.Float(compute="_compute_progress")
    counts = fields.Json(compute="_compute_counts")
    held_count = fields.Integer("To Fix", compute="_compute_counts")
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)

    _list_idx = models.Index("(company_id, id DESC)")
    _work_idx = models.Index("(id) WHERE state IN ('reading', 'queued', 'running')")

    @api.depends("problem", "skipped", "same_id", "remarks", "state")
    @api.depends_context("lang", "tz")
    def _compute_problem_text(self):
        for record in self:
            record.problem_text = record._words(**record.problem) if record.problem else False
            record.hint_text = " ".join(record._hints())

    def _hints(self):
        """What is worth knowing about the file, in sentences."""
        self.ensure_one()
        hints = [self._words(**remark) for remark in self.remarks or []]
        if self.state == "reading":
            hints.append(self._words("reading_again" if self.read_tries else "reading_waits"))
        if self.same_id:
            day = self.company_id._dcrc_to_local(self.same_id.create_date).date()
            hints.append(self._words("seen_before", {"date": str(day)}))
        if self.skipped:
            lines = ", ".join(map(str, self.skipped[:10]))
            hints.append(self._words("skipped", {"count": len(self.skipped), "lines": lines}))
        return hints

    @api.depends("company_id", "state")
    def _compute_is_first(self):
        """Whether nothing was imported before: it is asked from when the rules hold."""
        fed = self.search([("company_id", "in", self.company_id.ids), ("state", "in", ("running", "done"))]).company_id
        for record in self:
            record.is_first = record.state == "preview" and record.company_id not in fed

    @api.depends("row_count", "done_count", "state")
    def _compute_progress(self):
        for record in self:
            done = record.done_count if record.state != "done" else record.row_count
            record.progress = 100.0 * done / record.row_count if record.row_count else 0.0

    @api.depends("row_count", "done_count", "state")
    def _compute_counts(self):
        groups = self.env["dcrc.dms.row"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "verdict"], ["__count"]
        )
        counted = {(dms_import.id, verdict): count for dms_import, verdict, count in groups}
        for record in self:
            record.counts = {name: counted.get((record.id, name), 0) for name, _label in OUTCOMES}
            record.held_count = record.counts["held"]

    def write(self, vals):
        """People correct kind, date and columns before the import; the rest is the system's."""
        if self.env.su:
            return super().write(vals)
        if vals.keys() - EDITABLE - OF_DEALER - self.env["dcrc.dms.row"]._mail_fields():
            raise AccessError(self.env._("This part of a list cannot be changed by hand."))
        self._check_importer()
        self._check_corrections(vals)
        again = [record for record in self if record._is_corrected(vals)]
        if any(record.state not in BEFORE for record in self) and vals.keys() & (EDITABLE - {"note"}):
            raise UserError(self.env._("The list is being imported: it can no longer be changed."))
        changed = {record: record._changed_columns(vals) for record in again}
        result = super().write(vals)
        if again:
            self.browse([record.id for record in again]).sudo().user_id = self.env.user
        for record in again:
            record.sudo()._correct(changed[record], forced="kind" in vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        if any(record.state not in BEFORE for record in self):
            raise UserError(self.env._("A list that was imported is kept with all its rows."))

    # -- actions -------------------------------------------------------------

    def action_import(self):
        """Queue the list; a scheduled action imports it in the background."""
        self._check_importer()
        for record in self:
            if record.state != "preview":
                raise UserError(self.env._("“%(name)s” is not ready to be imported.", name=record.name))
        if self._dcrc_is_manager():
            # The manager has seen what would happen, and answers for it from here on.
            self.sudo().filtered("user_id").user_id = self.env.user
        self.sudo()._queue()

    def action_read_again(self):
        """Read the file once more, with what is known of columns by now."""
        self._check_importer()
        if any(record.state not in BEFORE for record in self):
            raise UserError(self.env._("The list is being imported: it can no longer be changed."))
        for record in self.sudo():
            record._read_in_turn()

    def action_retry_held(self):
        """Try all rows again that are held back."""
        self.ensure_one()
        return self.row_ids.filtered(lambda row: row.verdict == "held").action_retry()

    def action_discard(self):
        """Throw a list away that nothing was imported from."""
        self._check_importer()
        self._unlink_unused()
        self.sudo().unlink()
        return self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.dms_import_action")

    def action_open_rows(self):
        """Open the list's rows, those with one result (context ``dcrc_verdict``) or all."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.dms_row_action")
        verdict = self.env.context.get("dcrc_verdict")
        domain = [("import_id", "=", self.id)]
        action["domain"] = domain + [("verdict", "=", verdict)] if verdict else domain
        action["context"] = {"dcrc_one_list": True}
        return action

    def get_progress(self):
        """Return what the screen shows while a list is read or imported."""
        self.ensure_one()
        return {"state": self.state, "total": self.row_count, "done": self.done_count, "counts": self.counts}

    # -- business ------------------------------------------------------------

    def _check_importer(self):
        """Only the center's staff import, each for the own dealers."""
        if not self.env.su and not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the center's staff import lists of the DMS."))
        self.check_access("write")

    @api.model
    def _dcrc_is_manager(self):
        return self.env.user._is_superuser() or self.env.user.has_group("dcrc_dealer.group_dcrc_manager")

    @api.model
    def _check_dealer(self):
        """Return the dealer that the user imports for."""
        company = self.env.company
        if not company:
            raise UserError(self.env._("Your user belongs to no dealer: ask the administrator for one."))
        if not company.sudo().dcrc_dealer:
            raise UserError(self.env._("%(company)s has no customer center yet.", company=company.sudo().name))
        return company

    @api.model
    def _words(self, code, params=None):
        """Return a problem in the reader's words."""
        params = dict(params or {})
        if "columns" in params:
            labels = self.env["dcrc.dms.mapping"]._column_labels()
            params["columns"] = "、".join(labels[name] for name in params["columns"])
        template = self.env._(PROBLEMS[code])
        return template % params

    def _queue(self):
        """Let the scheduled action take the lists up at once."""
        self._move("queued", done_count=0, started_at=False, finished_at=False)
        self._wake()

    @api.model
    def _wake(self):
        self.env.ref("dcrc_dealer.dms_import_cron").sudo()._trigger()

    def _is_corrected(self, vals):
        self.ensure_one()
        return any(name in vals and vals[name] != self[name] for name in ("kind", "columns", "list_date"))

    def _changed_columns(self, vals):
        """Return [(header, column, column before)] that a person has just put right."""
        before = {column["header"]: column["column"] for column in self.columns or []}
        return [
            (column["header"], column["column"] or "", before.get(column["header"]) or "")
            for column in vals.get("columns") or []
            if before.get(column["header"], "") != (column["column"] or "")
        ]

    def _correct(self, changed, forced):
        """Remember corrected columns for the dealer and read the file anew.

        What names people and cars is remembered from managers only: later lists of the
        DMS are read by it, and may change the file at once (CUS-7).
        """
        free = self._dcrc_is_manager()
        learnt = [(header, name) for header, name, before in changed if free or not {name, before} & KEY_COLUMNS]
        if learnt and self.kind:
            self.env["dcrc.dms.mapping"]._remember(self.company_id, self.kind, learnt)
        self._read_in_turn(self.kind if forced or changed else None)

    @api.model
    def _seen_domain(self, company, checksum):
        """Earlier lists with the same content that were read."""
        return Domain("company_id", "=", company.id) & Domain("checksum", "=", checksum)

    @api.model
    def _guess_list_date(self, name, today):
        """Return the day in a file's name (dms_20261120.csv), else today."""
        return date_in_name(name or "", today) or today
