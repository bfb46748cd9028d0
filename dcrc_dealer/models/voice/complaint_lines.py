from odoo import api, fields, models
from odoo.exceptions import UserError

from .complaint_proposal import OPEN_FOR_PROPOSALS


class Complaint(models.Model):
    """What hangs on a complaint: proposals, work and changes, consequences."""

    _inherit = "dcrc.complaint"

    proposal_ids = fields.One2many("dcrc.complaint.proposal", "complaint_id", "Proposals")
    entry_ids = fields.One2many("dcrc.complaint.entry", "complaint_id", "Work and Changes")
    consequence_ids = fields.One2many(
        "dcrc.complaint.consequence", "complaint_id", "Consequences", groups="dcrc_dealer.group_dcrc_reader"
    )
    minutes = fields.Integer("Minutes Spent", compute="_compute_minutes")

    @api.depends("entry_ids.minutes")
    def _compute_minutes(self):
        groups = self.env["dcrc.complaint.entry"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["minutes:sum"]
        )
        spent = {complaint.id: minutes for complaint, minutes in groups}
        for complaint in self:
            complaint.minutes = spent.get(complaint._origin.id, 0)

    def _check_proposing(self):
        """Proposals are written until one of them is offered."""
        late = self.sudo().filtered(lambda c: c.state not in OPEN_FOR_PROPOSALS) if not self.env.su else self.browse()
        if late:
            raise UserError(
                self.env._("%(number)s has its solution: send it back to change what is proposed.", number=late[0].name)
            )

    def _get_chosen(self):
        """The one proposal of this round that was chosen."""
        chosen = self.proposal_ids.filtered(lambda line: line.chosen and line.round_no == self.round_no)
        if len(chosen) != 1:
            raise UserError(self.env._("Write what is proposed and choose one solution."))
        return chosen
