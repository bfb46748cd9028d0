from odoo import fields, models
from odoo.exceptions import UserError

READER = "dcrc_dealer.group_dcrc_reader"
SCORES_SHOWN = 3


class ResPartner(models.Model):
    """What stands open with a customer, and what was said last: one look before any talk (CUS-3)."""

    _inherit = "res.partner"

    dcrc_open_contact_id = fields.Many2one(
        "dcrc.contact", "Open conversation", compute="_compute_dcrc_now", groups=READER
    )
    dcrc_open_followup_ids = fields.Many2many(
        "dcrc.followup", string="Reasons to call", compute="_compute_dcrc_now", groups=READER
    )
    dcrc_answered_ids = fields.Many2many(
        "dcrc.followup", string="Last answers", compute="_compute_dcrc_now", groups=READER
    )

    def _compute_dcrc_now(self):
        contacts, followups = self.env["dcrc.contact"], self.env["dcrc.followup"]
        opened = contacts.search([("partner_id", "in", self.ids), ("state", "=", "open")]).grouped("partner_id")
        answered = followups.search(
            [("partner_id", "in", self.ids), ("state", "=", "done"), ("user_input_id", "!=", False)],
            order="done_on desc, id desc",
            limit=SCORES_SHOWN * len(self.ids),
        ).grouped("partner_id")
        for partner in self:
            contact = opened.get(partner._origin, contacts)
            partner.dcrc_open_contact_id = contact[:1]
            partner.dcrc_open_followup_ids = contact.followup_ids
            partner.dcrc_answered_ids = answered.get(partner._origin, followups)[:SCORES_SHOWN]

    def action_dcrc_call(self):
        """Button: open the call about everything that is open with this customer."""
        self.ensure_one()
        if not self.dcrc_open_contact_id:
            raise UserError(self.env._("Nothing is open with this customer: dial the number on the page."))
        return self.dcrc_open_contact_id.action_call()
