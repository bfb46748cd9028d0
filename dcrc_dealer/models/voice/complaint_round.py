from odoo import fields, models

CONSENTS = [
    ("tablet", "Signed on the tablet"),
    ("paper", "Signed on paper"),
    ("spoken", "Said on the phone or in person"),
    ("written", "Written (message, e-mail)"),
]
# What a complaint shows of its current round, and carries over to it as it is written.
MIRRORED = (
    "handler_id",
    "department_id",
    "contacted_on",
    "founded",
    "cause_id",
    "root_cause",
    "culprit",
    "answer",
    "solution",
    "promised_on",
    "compensation_id",
    "cost",
    "consent",
    "solved_on",
    "callback_id",
)


class ComplaintRound(models.Model):
    """One try to satisfy the customer: who did what when, in which words (the tracking sheet, 投诉跟踪表).

    The complaint writes it as it goes (`dcrc.complaint._mirror_round`); when the customer is not satisfied it stays
    as it is, and another person begins the next one.
    """

    _name = "dcrc.complaint.round"
    _description = "Round of a complaint"
    _order = "complaint_id, number"
    _check_company_auto = True

    complaint_id = fields.Many2one("dcrc.complaint", required=True, index=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True, precompute=True)
    number = fields.Integer("Round", required=True, readonly=True, default=1)
    started_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    # Who
    handler_id = fields.Many2one("res.users", "Person in Charge", readonly=True)
    department_id = fields.Many2one("dcrc.department", readonly=True, check_company=True)
    # First contact
    contacted_on = fields.Datetime("Contacted", readonly=True)
    contacted_by = fields.Many2one("res.users", readonly=True)
    contact_words = fields.Text("What Was Said", readonly=True, dcrc_personal="words")
    # Judging
    founded = fields.Selection([("yes", "Founded"), ("no", "Unfounded")], "Verdict", readonly=True)
    judged_on = fields.Datetime("Judged", readonly=True)
    judged_by = fields.Many2one("res.users", readonly=True)
    judge_words = fields.Text("Grounds of the Verdict", readonly=True, dcrc_personal="words")
    # Investigation
    cause_id = fields.Many2one("dcrc.complaint.item", readonly=True, ondelete="restrict", check_company=True)
    root_cause = fields.Text(readonly=True, dcrc_personal="words")
    culprit = fields.Char("Person Concerned", readonly=True)
    answer = fields.Text("Department's Answer", readonly=True, dcrc_personal="words")
    # Solution
    solution = fields.Text("What Was Promised", readonly=True, dcrc_personal="words")
    promised_on = fields.Date("Promised for", readonly=True)
    compensation_id = fields.Many2one("dcrc.complaint.item", readonly=True, ondelete="restrict", check_company=True)
    cost = fields.Float(readonly=True, digits=(12, 2))
    approved_on = fields.Datetime("Approved", readonly=True)
    approved_by = fields.Many2one("res.users", readonly=True)
    approved_as = fields.Selection(
        [
            ("user", "Within the specialist's limit"),
            ("manager", "Within the manager's limit"),
            ("director", "Director"),
        ],
        readonly=True,
    )
    # Consent
    consent = fields.Selection(CONSENTS, "Customer's Consent", readonly=True)
    consented_on = fields.Datetime("Agreed On", readonly=True)
    consent_by = fields.Many2one("res.users", "Consent Taken By", readonly=True)
    consent_words = fields.Text("Words of Consent", readonly=True, dcrc_personal="words")
    signature = fields.Binary("Customer's Signature", readonly=True, attachment=True)
    scan = fields.Binary("Signed Paper", readonly=True, attachment=True)
    scan_name = fields.Char("File of the Paper", readonly=True)
    withdrawn_on = fields.Datetime("Consent Withdrawn", readonly=True)
    # Done, and the callback
    solved_on = fields.Datetime("Done", readonly=True)
    solved_by = fields.Many2one("res.users", readonly=True)
    done_words = fields.Text("What Was Done", readonly=True, dcrc_personal="words")
    callback_on = fields.Date("Callback from", readonly=True)
    callback_id = fields.Many2one("dcrc.followup", readonly=True, index="btree_not_null")
    satisfied = fields.Selection([("yes", "Satisfied"), ("no", "Not Satisfied")], "Customer", readonly=True)
    answered_on = fields.Datetime("Callback Answered", readonly=True)
    customer_words = fields.Text("Words in the Callback", readonly=True, dcrc_personal="words")

    _number_once = models.UniqueIndex("(complaint_id, number)", "A complaint has each round once.")
    _callback_idx = models.Index("(company_id, callback_on) WHERE callback_on IS NOT NULL AND satisfied IS NULL")

    def _take_over_item(self, name, item):
        """The merged entry of a list stands in past rounds, too: its name is what it is called now."""
        self.sudo().write({name: item.id})
