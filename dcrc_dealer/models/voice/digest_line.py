from odoo import fields, models

from ...tools.mask import mask_numbers


class DigestLine(models.Model):
    """A problem of the day as its department got it, and what it answered."""

    _name = "dcrc.digest.line"
    _description = "Problem of the Day"
    _order = "digest_id, id"
    _check_company_auto = True

    digest_id = fields.Many2one("dcrc.digest", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="digest_id.company_id", store=True, index=True, precompute=True, required=True)
    department_id = fields.Many2one(related="digest_id.department_id", store=True, precompute=True)
    complaint_id = fields.Many2one("dcrc.complaint", required=True, readonly=True, index=True, ondelete="cascade")
    # so that the customer's data find it, and a merge takes it along
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        groups="dcrc_dealer.group_dcrc_reader",
    )
    problem_name = fields.Char("Problem", compute="_compute_shown", compute_sudo=True)
    text = fields.Text("Customer's Words", compute="_compute_shown", compute_sudo=True)
    answer = fields.Text(readonly=True, dcrc_personal="words")
    answered_on = fields.Datetime(readonly=True)
    answered_by = fields.Char(readonly=True, help="The name that was typed on the page.")

    _once = models.UniqueIndex("(digest_id, complaint_id)", "This problem stands in this digest already.")

    def _compute_shown(self):
        """What the department reads: no number, whoever has typed one into the text."""
        for line in self:
            complaint = line.complaint_id
            line.problem_name = complaint.problem_id.display_name
            line.text = mask_numbers(complaint.text)

    def _take_answer(self, text, name):
        """What the department answered by its link goes to the complaint; called as root."""
        self.ensure_one()
        text = text.strip()
        self.write({"answer": text, "answered_by": name, "answered_on": fields.Datetime.now()})
        self.complaint_id._take_department_answer(text, name)
