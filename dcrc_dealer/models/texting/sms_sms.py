from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.given import Flag, given
from ...tools.mask import mask_phone

STATES = {
    "waiting": ("dcrc_waiting", "process", "outgoing"),
    "accepted": ("pending",),
    "recorded": ("dcrc_recorded",),
    "delivered": ("sent",),
    "failed": ("error",),
    "unknown": ("dcrc_unknown",),
    "cancelled": ("canceled",),
}

RESULTS = [
    ("waiting", "Waiting"),
    ("accepted", "With the provider"),
    ("recorded", "Recorded only"),
    ("delivered", "Reached the phone"),
    ("failed", "Failed"),
    ("unknown", "Unknown"),
    ("cancelled", "Cancelled"),
]


class SmsSms(models.Model):
    """Odoo's text messages are our queue and our ledger (SMS-1).

    Texts of a dealer (`dcrc_company_id`) wait in `dcrc_waiting`, which Odoo's own queue never
    touches, and are kept. One whose result nobody knows is `dcrc_unknown`; it is never sent
    again unless the provider or a person says that it has not gone out.
    """

    _inherit = "sms.sms"

    state = fields.Selection(
        selection_add=[("dcrc_waiting", "Waiting"), ("dcrc_unknown", "Unknown"), ("dcrc_recorded", "Recorded only")],
        # never "outgoing": without us, Odoo would send what waits, and what may have gone out
        ondelete=dict.fromkeys(("dcrc_waiting", "dcrc_unknown", "dcrc_recorded"), "set canceled"),
    )
    partner_id = fields.Many2one(index="btree_not_null")
    dcrc_company_id = fields.Many2one("res.company", "Dealer", readonly=True, index="btree_not_null")
    dcrc_purpose = fields.Selection(
        [("care", "Service and care"), ("marketing", "Marketing")], "Purpose", readonly=True
    )
    dcrc_campaign_id = fields.Many2one(
        "dcrc.text.campaign", "SMS campaign", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    dcrc_followup_id = fields.Many2one(
        "dcrc.followup", "Follow-up", readonly=True, index="btree_not_null", ondelete="set null"
    )
    dcrc_template_id = fields.Many2one("sms.template", "Template", readonly=True, ondelete="set null")
    dcrc_provider_code = fields.Char("Approved template", readonly=True)
    dcrc_params = fields.Json("Template Values", readonly=True, dcrc_personal="number")
    number = fields.Char(dcrc_personal="number")
    body = fields.Text(dcrc_personal="words")
    dcrc_send_after = fields.Datetime("Not before", readonly=True)
    dcrc_last_day = fields.Date("Not after", readonly=True, help="A greeting goes on its day or not at all.")
    dcrc_claimed_at = fields.Datetime("Taken from the queue", readonly=True)
    dcrc_sent_at = fields.Datetime("Sent at", readonly=True)
    dcrc_delivered_at = fields.Datetime("Delivered at", readonly=True)
    dcrc_provider_reference = fields.Char("Provider's number", readonly=True, index="btree_not_null")
    dcrc_error = fields.Char("What happened", readonly=True)
    dcrc_length = fields.Integer("Characters", readonly=True)
    dcrc_parts = fields.Integer("Parts charged", readonly=True)
    dcrc_cost = fields.Float("Cost", digits=(16, 4), readonly=True)
    dcrc_part_states = fields.Json("Receipts of Parts", readonly=True)  # what was reported of each part, by its number
    dcrc_tries = fields.Integer("Tries", readonly=True)
    dcrc_trial = fields.Boolean("Trial", readonly=True, help="A text to oneself, to try the settings.")
    dcrc_result = fields.Selection(RESULTS, "Result", compute="_compute_dcrc_result", search="_search_dcrc_result")
    dcrc_number_masked = fields.Char("Number (hidden)", compute="_compute_dcrc_number_masked")

    _dcrc_campaign_once = models.UniqueIndex(
        "(dcrc_campaign_id, number) WHERE dcrc_campaign_id IS NOT NULL", "This number is in the campaign already."
    )
    _dcrc_queue_idx = models.Index("(dcrc_company_id, id) WHERE state = 'dcrc_waiting'")
    _dcrc_open_idx = models.Index("(dcrc_company_id, state) WHERE state IN ('process', 'dcrc_unknown')")
    _dcrc_day_idx = models.Index("(dcrc_company_id, dcrc_claimed_at) WHERE dcrc_claimed_at IS NOT NULL")

    _dcrc_recent_idx = models.Index("(number, dcrc_sent_at) WHERE dcrc_purpose = 'marketing'")

    @api.depends("state")
    def _compute_dcrc_result(self):
        keys = {state: key for key, states in STATES.items() for state in states}
        for text in self:
            text.dcrc_result = keys.get(text.state)

    def _search_dcrc_result(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "in", [state for key in value for state in STATES.get(key, ())])]

    @api.depends("number")
    def _compute_dcrc_number_masked(self):
        for text in self:
            text.dcrc_number_masked = mask_phone(text.number)

    def write(self, vals):
        if "to_delete" in vals:
            ours = self.filtered("dcrc_company_id")  # the ledger is kept
            rest = {key: value for key, value in vals.items() if key != "to_delete"}
            if ours and rest:
                super(SmsSms, ours).write(rest)
            self = self - ours
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_dcrc_never(self):
        if any(self.sudo().mapped("dcrc_company_id")):
            raise UserError(self.env._("Texts of a dealer are kept: they say who was told what, and when."))

    def action_set_outgoing(self):
        ours = self.filtered("dcrc_company_id")
        ours._dcrc_check_may_go_again()
        ours._dcrc_wait_again()
        return super(SmsSms, self - ours).action_set_outgoing()

    def action_set_canceled(self):
        for text in self.filtered("dcrc_company_id"):
            if text.state not in ("dcrc_waiting", "outgoing", "error"):
                raise UserError(self.env._("Only texts that have not gone out can be cancelled."))
        return super().action_set_canceled()

    def resend_failed(self):
        ours = self.filtered("dcrc_company_id")
        if not ours:
            return super().resend_failed()
        ours._dcrc_check_may_go_again()
        ours._dcrc_wait_again()
        if self - ours:
            return super(SmsSms, self - ours).resend_failed()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("SMS waiting to be sent again: %(count)s", count=len(ours)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @given(unlink_failed=Flag, unlink_sent=Flag, raise_exception=Flag)
    def send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        """Ours go through their account's queue; what Odoo sends for a dealer is in its own state."""
        waiting = self.filtered(lambda text: text.dcrc_company_id and text.state != "outgoing")
        if waiting:
            self.env["dcrc.text.sender"]._wake()
        return super(SmsSms, self - waiting).send(unlink_failed, unlink_sent, raise_exception)

    def _dcrc_check_may_go_again(self):
        """Refuse what has gone out, or may have."""
        for text in self:
            if text.state == "dcrc_unknown":
                raise UserError(
                    self.env._(
                        "Nobody knows whether the text to %(number)s has gone out. Ask the provider,"
                        " then choose “Was sent” or “Send again” on it.",
                        number=mask_phone(text.number),
                    )
                )
            if text.state not in ("error", "canceled", "dcrc_waiting"):
                raise UserError(self.env._("The text to %(number)s has gone out.", number=mask_phone(text.number)))

    def _dcrc_wait_again(self):
        self.write(
            {
                "state": "dcrc_waiting",
                "failure_type": False,
                "dcrc_error": False,
                "dcrc_send_after": False,
                "dcrc_claimed_at": False,
                "dcrc_tries": 0,
            }
        )
        if self:
            self.env["dcrc.text.sender"]._wake()

    @api.model
    def _dcrc_queue(self, company, vals_list, wake=True):
        """Put texts of a dealer into the queue; return them.

        :param vals_list: dicts with `number` (E.164), `body` without signature and opt-out wording,
            `dcrc_purpose` (care or marketing) and what else is known of the text.
        """
        account = self.env["dcrc.text.account"]._get_for(company)
        ids = {vals["dcrc_template_id"] for vals in vals_list if vals.get("dcrc_template_id")}
        templates = {template.id: template for template in self.env["sms.template"].sudo().browse(ids)}
        none = self.env["sms.template"]
        rows = []
        for vals in vals_list:
            template = templates.get(vals.get("dcrc_template_id"), none)
            body, length, parts = account._compose(vals["body"], vals["dcrc_purpose"], template.dcrc_opts_out)
            rows.append(
                {
                    **vals,
                    "body": body,
                    "dcrc_length": length,
                    "dcrc_parts": parts,
                    "state": "dcrc_waiting",
                    "dcrc_company_id": company.id,
                    "dcrc_provider_code": template.dcrc_provider_code,
                }
            )
        texts = self.sudo().create(rows)
        if wake:
            self.env["dcrc.text.sender"]._wake()
        return texts

    @api.model
    def _dcrc_domain(self, key):
        """Domain of a result that lists and counts share (keys of STATES)."""
        return Domain("state", "in", STATES[key])
