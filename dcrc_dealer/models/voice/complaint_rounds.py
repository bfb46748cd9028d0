from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_round import CONSENTS, MIRRORED

# What begins anew with a round; cause and person concerned stand until somebody knows better.
ANEW = (
    "handler_id",
    "contacted_on",
    "answer",
    "answered_on",
    "solution",
    "promised_on",
    "compensation_id",
    "cost",
    "consent",
    "solved_on",
    "callback_due",
    "callback_id",
    "waits_for",
    "waits_words",
)
HIGHEST = "3"


class Complaint(models.Model):
    """Rounds: what is known now stands on the complaint, what was tried stands in its rounds (CMP-3)."""

    _inherit = "dcrc.complaint"

    round_id = fields.Many2one(
        "dcrc.complaint.round",
        "Current Round",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
    )
    round_no = fields.Integer("Round", readonly=True, copy=False, default=1, help="Every new try counts one more.")
    round_ids = fields.One2many("dcrc.complaint.round", "complaint_id", "Rounds", readonly=True)
    reopened = fields.Integer("Opened Again", readonly=True, copy=False, help="After it had been closed.")
    # Who is in charge, and what is known
    handler_id = fields.Many2one(
        "res.users",
        "Person in Charge",
        index="btree_not_null",
        copy=False,
        tracking=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    contacted_on = fields.Datetime("Customer Contacted", readonly=True, copy=False)
    founded = fields.Selection(
        [("yes", "Founded"), ("no", "Unfounded")], "Verdict", readonly=True, copy=False, tracking=True
    )
    cause_id = fields.Many2one(
        "dcrc.complaint.item",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        check_company=True,
        tracking=True,
        domain="[('kind', '=', 'cause'), ('company_id', '=', company_id)]",
    )
    root_cause = fields.Text(copy=False, help="Why it could happen.", dcrc_personal="words")
    culprit = fields.Char("Person Concerned", copy=False, help="Who did what the customer complains of.")
    answer = fields.Text(
        "Department's Answer", copy=False, help="What the department found and did.", dcrc_personal="words"
    )
    answered_on = fields.Datetime(readonly=True, copy=False)
    solution = fields.Text("What Was Promised", readonly=True, copy=False, dcrc_personal="words")
    promised_on = fields.Date("Promised for", copy=False, tracking=True)
    compensation_id = fields.Many2one(
        "dcrc.complaint.item",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        check_company=True,
    )
    cost = fields.Float(readonly=True, copy=False, digits=(12, 2))
    consent = fields.Selection(CONSENTS, "Customer's Consent", readonly=True, copy=False)
    solved_on = fields.Datetime("Done", readonly=True, copy=False)
    callback_due = fields.Datetime("Callback until", readonly=True, copy=False)
    callback_id = fields.Many2one(
        "dcrc.followup", readonly=True, copy=False, index="btree_not_null", check_company=True
    )
    signature = fields.Binary(related="round_id.signature", string="Customer's Signature")
    scan = fields.Binary(related="round_id.scan", string="Signed Paper")
    scan_name = fields.Char(related="round_id.scan_name")

    @api.constrains("handler_id")
    def _check_handler(self):
        for complaint in self.filtered("handler_id"):
            handler = complaint.handler_id.sudo()
            if handler.share or not handler.active or complaint.company_id not in handler.company_ids:
                raise UserError(
                    self.env._("%(name)s no longer works at this dealer: choose another.", name=handler.name)
                )
            if handler in complaint._get_former_handlers():
                raise UserError(
                    self.env._(
                        "%(name)s had %(number)s before and the customer was not satisfied: another person takes it.",
                        name=handler.name,
                        number=complaint.name,
                    )
                )

    def _get_former_handlers(self):
        """Who was in charge in rounds that are over."""
        return (self.sudo().round_ids - self.sudo().round_id).handler_id

    def _start_round(self):
        """Give new complaints their first round."""
        complaints = self.sudo()
        rounds = (
            self.env["dcrc.complaint.round"]
            .sudo()
            .create([{"complaint_id": complaint.id, "started_on": complaint.date} for complaint in complaints])
        )
        for complaint, row in zip(complaints, rounds, strict=True):
            complaint.round_id = row
        complaints._mirror_round(MIRRORED)

    def _mirror_round(self, names):
        """Carry what was written on complaints over to their current rounds."""
        names = [name for name in MIRRORED if name in names]
        for complaint in self.sudo().filtered("round_id") if names else ():
            complaint.round_id.write(
                {name: self._fields[name].convert_to_write(complaint[name], complaint) for name in names}
            )

    def _note_round(self, **vals):
        """Write what only the round keeps: who and in which words."""
        self.sudo().round_id.write(vals)

    def _next_round(self, state, **vals):
        """Begin anew with another person; a case that came again climbs a level by itself (CMP-3, CMP-7)."""
        self.ensure_one()
        complaint = self.sudo()
        number = max(complaint.round_ids.mapped("number"), default=0) + 1
        row = self.env["dcrc.complaint.round"].sudo().create({"complaint_id": complaint.id, "number": number})
        anew = dict.fromkeys(ANEW, False)
        kept = {"founded": complaint.founded if state == "investigate" else False}
        complaint.write({**anew, **kept, **vals, "state": state, "round_id": row.id, "round_no": number})
        complaint._mirror_round(MIRRORED)
        complaint._climb_level()

    def _climb_level(self):
        """One level up from the dealer's round on."""
        first = self.company_id.dcrc_climb_round
        if first and self.round_no >= first and self.severity < HIGHEST:
            self.severity = str(int(self.severity) + 1)
            self.message_post(body=self.env._("Came back in round %(number)s: one level up.", number=self.round_no))

    def _get_total_cost(self):
        """What all rounds of a complaint have cost."""
        return sum(self.sudo().round_ids.filtered("approved_on").mapped("cost"))
