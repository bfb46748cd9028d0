from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

DAYS = 366


class AuditExport(models.Model):
    """An audit workbook: asked for by a person with a reason, made in the background (REP-4)."""

    _name = "dcrc.audit.export"
    _description = "Audit Workbook"
    _inherit = ["mail.thread", "dcrc.case.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _moves = {
        "draft": ("waiting",),
        "waiting": ("running", "cancelled"),
        "running": ("done", "failed", "cancelled"),
        "failed": ("waiting",),
        "cancelled": ("waiting",),
    }
    _stamps = {"waiting": ("asked_on", "asked_by"), "done": ("done_on",)}

    name = fields.Char("Number", compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        "Sealed By",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('dcrc_dealer', '=', True)]",
        help="Its key seals the workbook.",
    )
    dealer_ids = fields.Many2many(
        "res.company",
        "dcrc_audit_export_company_rel",
        string="Dealers",
        required=True,
        default=lambda self: self.env.company,
        domain="[('dcrc_dealer', '=', True)]",
    )
    date_from = fields.Date("First Day", required=True, default=lambda self: self._last_month()[0])
    date_to = fields.Date("Last Day", required=True, default=lambda self: self._last_month()[1])
    why = fields.Char("Needed For", required=True, help="Stands in the log of exports.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "Waiting"),
            ("running", "Being made"),
            ("done", "Ready"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    asked_by = fields.Many2one("res.users", readonly=True, copy=False)
    asked_on = fields.Datetime(readonly=True, copy=False)
    done_on = fields.Datetime("Ready On", readonly=True, copy=False)
    progress = fields.Char("So Far", readonly=True, copy=False)
    tries = fields.Integer(readonly=True, copy=False, aggregator=None)
    rows = fields.Integer(readonly=True, copy=False, aggregator="sum")
    problem = fields.Char("What Went Wrong", readonly=True, copy=False)
    file = fields.Binary("Workbook", attachment=True, readonly=True, copy=False)
    file_name = fields.Char(compute="_compute_name")
    checksum = fields.Char("SHA-256", readonly=True, copy=False)

    @api.depends("dealer_ids", "date_from", "date_to")
    def _compute_name(self):
        for export in self:
            dealer = (
                export.dealer_ids.name
                if len(export.dealer_ids) == 1
                else self.env._("%s dealers", len(export.dealer_ids))
            )
            export.name = f"{dealer} {export.date_from} – {export.date_to}"
            export.file_name = f"{self.env._('Audit')} {dealer} {export.date_from} {export.date_to}.xlsx"

    @api.model
    def _last_month(self):
        """First and last day of the month before this one."""
        first = self.env.company._dcrc_today().replace(day=1)
        last = fields.Date.subtract(first, days=1)
        return last.replace(day=1), last

    @api.constrains("date_from", "date_to")
    def _check_period(self):
        for export in self:
            if export.date_from > export.date_to:
                raise ValidationError(self.env._("The first day is after the last one."))
            if (export.date_to - export.date_from).days >= DAYS:
                raise ValidationError(self.env._("An audit covers a year at most: make one for each year."))

    @api.constrains("dealer_ids", "company_id")
    def _check_dealers(self):
        for export in self:
            if not export.dealer_ids or not all(export.dealer_ids.mapped("dcrc_dealer")):
                raise ValidationError(self.env._("Choose the dealers whose audit it is."))
            if export.dealer_ids - self.env.user.company_ids:
                raise ValidationError(self.env._("Choose dealers that you work for."))

    def write(self, vals):
        given = {"company_id", "dealer_ids", "date_from", "date_to", "why"} & vals.keys()
        if given and any(export.state != "draft" for export in self):
            raise UserError(self.env._("The workbook is under way or made: make a new one instead."))
        return super().write(vals)

    def action_start(self):
        """Button: have the workbook made; also once more after it failed or was cancelled."""
        for export in self:
            export._move("waiting", problem=False, progress=self.env._("waits for its turn"))
        self.env.ref("dcrc_dealer_reports.ir_cron_audit")._trigger()

    def action_cancel(self):
        """Button: no workbook after all; what is under way stops at its next batch."""
        for export in self:
            export._move("cancelled", progress=False)
