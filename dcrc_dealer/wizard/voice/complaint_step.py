import base64
import binascii

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.voice.complaint import SEVERITIES
from ...models.voice.complaint_round import CONSENTS

MOST = {"signature": 1, "scan": 10}  # megabytes
KINDS = {"signature": (b"\x89PNG", b"\xff\xd8"), "scan": (b"\x89PNG", b"\xff\xd8", b"%PDF")}
TAKEN = ("words", "founded", "severity", "consent", "signature", "scan", "scan_name", "waits_for", "culprit")
LINKS = ("handler_id", "department_id", "category_id", "cause_id")


class ComplaintStep(models.TransientModel):
    """Asks what a step of a complaint needs, then takes it (CMP-3)."""

    _name = "dcrc.complaint.step"
    _description = "Step of a Complaint"

    complaint_id = fields.Many2one("dcrc.complaint", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id")
    step = fields.Selection(
        [
            ("contact", "Customer contacted"),
            ("judge", "Founded or not?"),
            ("cause", "Cause"),
            ("approve", "Approve"),
            ("send_back", "Send back"),
            ("consent", "The customer agrees"),
            ("withdraw", "The customer no longer agrees"),
            ("done", "Done as promised"),
            ("wait", "Let it wait"),
            ("sign", "Close by signature"),
            ("reopen", "Open again"),
        ],
        required=True,
    )
    words = fields.Text("In Words", dcrc_personal="words")
    solution = fields.Text(related="complaint_id.solution")
    cost = fields.Float(related="complaint_id.cost")
    founded = fields.Selection([("yes", "Founded"), ("no", "Unfounded")], "Verdict")
    severity = fields.Selection(SEVERITIES, "Level")
    handler_id = fields.Many2one(
        "res.users", "Person in Charge", domain="[('share', '=', False), ('company_ids', 'in', company_id)]"
    )
    department_id = fields.Many2one("dcrc.department", domain="[('company_id', '=', company_id)]")
    category_id = fields.Many2one(
        "dcrc.complaint.item", domain="[('kind', '=', 'category'), ('company_id', '=', company_id)]"
    )
    cause_id = fields.Many2one(
        "dcrc.complaint.item", domain="[('kind', '=', 'cause'), ('company_id', '=', company_id)]"
    )
    culprit = fields.Char("Person Concerned")
    consent = fields.Selection(CONSENTS, "Customer's Consent")
    signature = fields.Binary(attachment=False)
    scan = fields.Binary("Signed Paper", attachment=False)
    scan_name = fields.Char("File of the Paper")
    waits_for = fields.Selection(
        lambda self: self.env["dcrc.complaint"]._fields["waits_for"]._description_selection(self.env), "Waits for"
    )

    def default_get(self, fields):
        values = super().default_get(fields)
        complaint = self.env["dcrc.complaint"].browse(values.get("complaint_id"))
        if complaint:
            known = {name: complaint[name].id for name in LINKS if name in fields}
            known |= {name: complaint[name] for name in ("severity", "culprit") if name in fields}
            values |= {name: value for name, value in known.items() if value and not values.get(name)}
        return values

    def action_take(self):
        """Button: take the step with what was written."""
        self.ensure_one()
        vals = {name: self[name] for name in TAKEN} | {name: self[name].id for name in LINKS}
        for name in MOST:
            vals[name] = self._check_file(name, vals[name])
        getattr(self.complaint_id, f"_take_{self.step}")(vals)
        return {"type": "ir.actions.act_window_close"}

    def _check_file(self, name, content):
        """Return what was signed, or say in words why it can't be kept."""
        if not content:
            return False
        label = self._fields[name]._description_string(self.env)
        try:
            raw = base64.b64decode(content, validate=True)
        except (binascii.Error, ValueError):
            raise UserError(self.env._("“%(name)s” is no file.", name=label)) from None
        if len(raw) > MOST[name] * 1024 * 1024:
            raise UserError(
                self.env._(
                    "“%(name)s” is larger than %(size)s MB: sign again, or scan it smaller. Nothing else is lost.",
                    name=label,
                    size=MOST[name],
                )
            )
        if not raw.startswith(KINDS[name]):
            raise UserError(
                self.env._("“%(name)s” is no picture: PNG and JPEG can be kept, papers as PDF, too.", name=label)
            )
        return content
