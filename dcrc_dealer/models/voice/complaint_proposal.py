from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN_FOR_PROPOSALS = ("received", "investigate", "propose")


class ComplaintProposal(models.Model):
    """One way to settle a complaint: what, at what cost; one of them is chosen (CMP-3)."""

    _name = "dcrc.complaint.proposal"
    _description = "Proposed solution"
    _order = "complaint_id, round_no desc, id"
    _check_company_auto = True

    complaint_id = fields.Many2one("dcrc.complaint", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    round_no = fields.Integer("Round", readonly=True, copy=False, default=1)
    name = fields.Text("Solution", required=True, dcrc_personal="words")
    compensation_id = fields.Many2one(
        "dcrc.complaint.item",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'compensation'), ('company_id', '=', company_id)]",
    )
    cost = fields.Float(digits=(12, 2))
    chosen = fields.Boolean(help="This is what the customer is offered.")

    _not_negative = models.Constraint("CHECK (cost >= 0)", "A cost cannot be negative.")

    @api.model_create_multi
    def create(self, vals_list):
        complaints = self.env["dcrc.complaint"].browse([vals["complaint_id"] for vals in vals_list])
        complaints._check_proposing()
        for vals, complaint in zip(vals_list, complaints, strict=True):
            vals["round_no"] = complaint.round_no
        return super().create(vals_list)

    def write(self, vals):
        self._check_current()
        return super().write(vals)

    def unlink(self):
        self._check_current()
        return super().unlink()

    def _check_current(self):
        """What was offered stays as it was offered."""
        self.complaint_id._check_proposing()
        if not self.env.su and any(line.round_no != line.complaint_id.round_no for line in self):
            raise UserError(self.env._("Proposals of past rounds stay as they are."))

    def _take_over_item(self, name, item):  # pylint: disable=missing-return
        """The merged entry of a list stands in past proposals, too."""
        super(ComplaintProposal, self.sudo()).write({name: item.id})  # pylint: disable=super-method-mismatch
