import random

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class Sample(models.Model):
    """A monthly random sample of customers whose data headquarters verifies (CUS-8)."""

    _name = "dcrc.sample"
    _description = "Sample of customer data"
    _order = "date desc, id desc"
    _rec_name = "date"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('dcrc_dealer', '=', True)]",
    )
    date = fields.Date("Drawn on", required=True, readonly=True, default=lambda self: self.env.company._dcrc_today())
    size = fields.Integer("Customers to draw", required=True, default=20)
    seed = fields.Integer(
        readonly=True, copy=False, help="Drawn by chance once; shows that nobody chose the customers."
    )
    user_id = fields.Many2one("res.users", "Drawn by", readonly=True, default=lambda self: self.env.user)
    drawn_for = fields.Selection(
        [("headquarters", "Headquarters"), ("dealer", "The dealer itself")],
        "Sample of",
        required=True,
        readonly=True,
        default=lambda self: "headquarters" if self._is_headquarters() else "dealer",
        help="Headquarters' samples are the figure; a dealer's own ones are for practice.",
    )
    line_ids = fields.One2many("dcrc.sample.line", "sample_id", "Customers", copy=False)
    verified_count = fields.Integer("Verified", compute="_compute_accuracy")
    accuracy = fields.Float(
        compute="_compute_accuracy", help="Right files ÷ verified files. Empty as long as none is verified."
    )

    _size_positive = models.Constraint("CHECK (size BETWEEN 1 AND 1000)", "A sample has between 1 and 1000 customers.")

    @api.model
    def _is_headquarters(self):
        """Whether the user audits for headquarters."""
        return self.env.user.has_group("dcrc_dealer.group_dcrc_auditor")

    def _check_ours(self):
        """A dealer's own people neither draw nor judge headquarters' sample, nor the other way round (CUS-8)."""
        mine = "headquarters" if self._is_headquarters() else "dealer"
        theirs = self.browse() if self.env.su else self.filtered(lambda sample: sample.drawn_for != mine)
        if theirs and mine == "dealer":
            raise AccessError(self.env._("This sample is headquarters': only their auditors draw and judge it."))
        if theirs:
            raise AccessError(self.env._("This sample is the dealer's own: the dealer's manager judges it."))

    def write(self, vals):
        """What was asked for stays as it was once the customers are drawn."""
        self._check_ours()
        if "size" in vals and not self.env.su and self.line_ids:
            raise UserError(self.env._("This sample is drawn already; make a new one instead."))
        return super().write(vals)

    @api.depends("line_ids.verdict")
    def _compute_accuracy(self):
        for sample in self:
            verified = sample.line_ids.filtered("verdict")
            right = verified.filtered(lambda line: line.verdict == "right")
            sample.verified_count = len(verified)
            sample.accuracy = len(right) / len(verified) if verified else False

    def action_draw(self):
        """Draw the customers by chance, once."""
        self.ensure_one()
        self._check_ours()
        self.check_access("write")
        if self.line_ids:
            raise UserError(self.env._("This sample is drawn already; make a new one instead."))
        domain = [("dcrc_customer", "=", True), ("company_id", "=", self.company_id.id)]
        customers = self.env["res.partner"].search(domain, order="id")
        if not customers:
            raise UserError(self.env._("This dealer has no customers yet."))
        seed = random.SystemRandom().randrange(1, 2**31)
        self._dcrc_step({"seed": seed})
        drawn = random.Random(seed).sample(customers.ids, min(self.size, len(customers)))
        # nobody writes lines otherwise: chance alone chooses
        self.env["dcrc.sample.line"].sudo().create(
            [
                {"sample_id": self.id, "place": place, "partner_id": partner_id}
                for place, partner_id in enumerate(drawn, 1)
            ]
        )
