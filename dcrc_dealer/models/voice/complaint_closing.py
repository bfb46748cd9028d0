from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class Complaint(models.Model):
    """The law of closing (CMP-4): the customer's "satisfied" from a callback, or the general manager's signature.

    Nothing else closes a complaint: the state is no field that anybody writes, and the database refuses a closed
    complaint that has neither.
    """

    _inherit = "dcrc.complaint"

    result = fields.Text(
        copy=False, readonly=True, help="What was agreed with the customer in the end.", dcrc_personal="words"
    )
    closing = fields.Selection(
        [
            ("answer", "Customer is satisfied"),
            ("signature", "General manager's signature"),
            ("earlier", "Under earlier rules, with a result in words"),
        ],
        "Closed by",
        readonly=True,
        copy=False,
        tracking=True,
    )
    closing_id = fields.Many2one(
        "dcrc.followup", "Closing Callback", readonly=True, copy=False, index="btree_not_null", check_company=True
    )
    sign_words = fields.Text("Reason of the Signature", readonly=True, copy=False, dcrc_personal="words")
    director_signature = fields.Binary("General Manager's Signature", readonly=True, copy=False, attachment=True)

    _closed_lawfully = models.Constraint(
        """CHECK (state != 'closed' OR closed_on IS NOT NULL AND closing IS NOT NULL
             AND (closing != 'answer' OR closing_id IS NOT NULL)
             AND (closing != 'signature' OR closed_by IS NOT NULL))""",
        "The customer's answer in a callback closes a complaint, or the general manager's signature with a reason.",
    )

    def action_sign(self):
        """Button: the general manager closes it, with a reason."""
        self._check_director()
        return self._ask_step("sign")

    def action_reopen(self):
        """Button: take a closed complaint up again, by another person; what was agreed stays in its round."""
        self._check_centre()
        self.ensure_one()
        self._check_allowed("received")
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.complaint_step_action")
        context = {"default_complaint_id": self.id, "default_step": "reopen"}
        return {**action, "name": self.env._("Open again"), "context": context}

    def _check_director(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_director"):
            raise AccessError(self.env._("Only the general manager closes a complaint without the customer's word."))

    def _take_sign(self, vals):
        """CMP-4: the general manager's signature with a reason, for one complaint at a time."""
        self._check_director()
        self._check_step()
        if not self.company_id <= self.env.user.company_ids:
            raise AccessError(self.env._("This complaint belongs to another dealer."))
        words = self._check_words(vals, self.env._("Write the reason: it is printed with your signature."))
        drawing = vals.get("signature") or False
        self._close(
            "signature", result=self.solution or words, sign_words=words, director_signature=drawing, words=words
        )

    def _close(self, closing, words=None, **vals):
        """Close by one of the two ways of the law; whatever still waits for the customer is called off."""
        self.ensure_one()
        labels = dict(self._fields["closing"]._description_selection(self.env))
        step = self.sudo()._prepare_move("closed", closing=closing, waits_for=False, **vals)
        self._step(self.env._("Closed: %(how)s", how=labels[closing]), words, **step)
        self._call_off_callback()
        self._refresh_followups()

    def _take_reopen(self, vals):
        """A customer who comes back: another round, counted as opened again."""
        self._check_centre()
        words = self._check_words(vals, self.env._("Write why it is opened again."))
        if self.state != "closed":
            raise UserError(self.env._("%(number)s is open.", number=self.name))
        self.check_access("write")
        title = self.env._("Opened again. Result until now: %(text)s", text=self.result)
        anew = {"closing": False, "closing_id": False, "sign_words": False, "director_signature": False}
        anew |= {"closed_on": False, "closed_by": False, "result": False, "reopened": self.reopened + 1}
        self._next_round("received", **anew)
        told = f"{title} → {words}"
        self.sudo().message_post(body=told, author_id=self.env.user.partner_id.id)
        self._refresh_followups()
