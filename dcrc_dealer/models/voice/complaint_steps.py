from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class Complaint(models.Model):
    """The steps of CMP-3. Each asks in a dialog (`dcrc.complaint.step`), checks, and is noted in the round.

    ``_take_<step>(vals)`` gets the dialog's values: ``words`` always, the others as the step needs them.
    """

    _inherit = "dcrc.complaint"

    # -- buttons -------------------------------------------------------------

    def action_contact(self):
        """Button: the customer was contacted; what was said is asked."""
        return self._ask_step("contact")

    def action_judge(self):
        """Button: founded or not."""
        return self._ask_step("judge")

    def action_find_cause(self):
        """Button: what the cause is, and who is concerned."""
        return self._ask_step("cause")

    def action_propose(self):
        """Button: offer the chosen solution; beyond the own limit it waits for approval."""
        self.ensure_one()
        self._take_propose({})

    def action_approve(self):
        """Button: the cost is approved, by whoever may."""
        return self._ask_step("approve")

    def action_send_back(self):
        """Button: propose something else, and why."""
        return self._ask_step("send_back")

    def action_consent(self):
        """Button: the customer agrees, on paper, on the tablet or in words."""
        return self._ask_step("consent")

    def action_withdraw_consent(self):
        """Button: the customer no longer agrees."""
        return self._ask_step("withdraw")

    def action_done(self):
        """Button: what was promised is done; the customer will be called back."""
        return self._ask_step("done")

    def _ask_step(self, step):
        self.ensure_one()
        self._check_step()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.complaint_step_action")
        names = dict(self.env["dcrc.complaint.step"]._fields["step"]._description_selection(self.env))
        return {**action, "name": names[step], "context": {"default_complaint_id": self.id, "default_step": step}}

    # -- taking them -----------------------------------------------------------

    def _check_step(self, states=()):
        """Raise unless the user may work on this complaint and it stands in one of `states` (all: any open one)."""
        self.ensure_one()
        self.check_access("read")
        self.invalidate_recordset(["state", "closed_on"])
        words = dict(self._fields["state"]._description_selection(self.env))
        if self.state == "closed" or states and self.state not in states:
            raise UserError(
                self.env._(
                    "%(number)s stands at “%(state)s” by now: open it again to see what was done.",
                    number=self.name,
                    state=words[self.state],
                )
            )

    def _check_words(self, vals, message):
        words = (vals.get("words") or "").strip()
        if not words:
            raise UserError(message)
        return words

    def _step(self, title, words=None, **vals):
        """Take what a step found out, and say it in the chatter, in the user's name."""
        if "state" in vals:
            self._check_allowed(vals["state"])
        self.sudo().write(vals)
        body = f"{title}: {words}" if words else title
        self.sudo().message_post(body=body, author_id=self.env.user.partner_id.id)

    def _check_allowed(self, state):
        """As `_check_move`, for who may take a step without writing the record (the general manager)."""
        self.sudo()._check_move(state)

    def _take_contact(self, vals):
        """CMP-2: the customer was contacted; that stops the first clock."""
        self.check_access("write")
        self._check_step()
        words = self._check_words(vals, self.env._("Write what was said with the customer."))
        now = fields.Datetime.now()
        if not self.contacted_on:
            self._note_round(contacted_by=self.env.uid, contact_words=words)
        taken = {} if self.contacted_on else {"contacted_on": now}
        if not self.handler_id and self.env.user not in self._get_former_handlers():
            taken["handler_id"] = self.env.uid
        self._step(self.env._("Customer contacted"), words, **taken)

    def _take_judge(self, vals):
        """Founded goes on; unfounded is explained, and the customer is asked whether that will do (CMP-3)."""
        self._check_centre()
        self._check_step(("received",))
        words = self._check_words(vals, self.env._("Write the grounds of the verdict; the customer will hear them."))
        founded = vals.get("founded")
        handler = vals.get("handler_id") or self.handler_id.id
        if not founded or not handler:
            raise UserError(self.env._("Say whether it is founded, and who is in charge."))
        now = fields.Datetime.now()
        self._note_round(judged_on=now, judged_by=self.env.uid, judge_words=words)
        given = {name: vals[name] for name in ("department_id", "category_id", "severity") if vals.get(name)}
        given |= {"founded": founded, "handler_id": handler}
        if founded == "yes":
            self._step(self.env._("Judged: founded"), words, state="investigate", **given)
            return
        if not self.contacted_on:
            raise UserError(self.env._("Explain it to the customer first, and note what was said."))
        self._note_round(done_words=words, solved_by=self.env.uid)
        self._step(self.env._("Judged: unfounded, explained"), words, **given, **self._prepare_solved(solution=words))
        self._plan_callback()

    def _take_cause(self, vals):
        """Root cause, and the person concerned."""
        self.check_access("write")
        self._check_step(("investigate",))
        words = self._check_words(vals, self.env._("Write why it could happen."))
        cause = vals.get("cause_id") or self.cause_id.id
        if not cause:
            raise UserError(self.env._("Choose the cause: causes are counted."))
        found = {"cause_id": cause, "root_cause": words, "culprit": vals.get("culprit") or self.culprit}
        self._check_charge()
        self._step(self.env._("Cause found"), words, state="propose", **found)

    def _check_charge(self):
        """Nobody's matter goes nowhere; after a dissatisfied customer it is another person's (CMP-3)."""
        if not self.handler_id:
            raise UserError(self.env._("Choose the person in charge of this round first."))
        self._check_handler()

    def _take_propose(self, vals):
        """The chosen solution: within the user's limit it is approved at once."""
        self.check_access("write")
        self._check_step(("propose",))
        self._check_charge()
        chosen = self._get_chosen()
        offer = {"solution": chosen.name, "compensation_id": chosen.compensation_id.id, "cost": chosen.cost}
        role = self._get_approver(chosen.cost)
        if role:
            self._step(self.env._("Solution chosen"), chosen.name, state="carry", **offer)
            self._note_approval(role)
        else:
            self._step(self.env._("Solution waits for approval"), chosen.name, state="approve", **offer)

    def _take_approve(self, vals):
        self._check_step(("approve",))
        role = self._get_approver(self.cost)
        if not role:
            raise AccessError(self._get_limit_words())
        self._step(self.env._("Approved"), vals.get("words"), state="carry")
        self._note_approval(role)

    def _note_approval(self, role):
        self._note_round(approved_on=fields.Datetime.now(), approved_by=self.env.uid, approved_as=role)

    def _take_send_back(self, vals):
        self._check_step(("approve", "carry"))
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_director"):
            self._check_centre()
        words = self._check_words(vals, self.env._("Say what should be proposed instead."))
        self._note_round(approved_on=False, approved_by=False, approved_as=False)
        self._step(self.env._("Sent back"), words, state="propose", consent=False)

    def _take_consent(self, vals):
        """The customer agrees to what was promised."""
        self.check_access("write")
        self._check_step(("carry",))
        consent = vals.get("consent")
        if not consent:
            raise UserError(self.env._("Say how the customer agreed."))
        if consent == "tablet" and not vals.get("signature") or consent == "paper" and not vals.get("scan"):
            raise UserError(self.env._("The signature is missing: let the customer sign, or attach the signed paper."))
        now = fields.Datetime.now()
        kept = {name: vals.get(name) or False for name in ("signature", "scan", "scan_name")}
        self._note_round(
            consented_on=now, consent_by=self.env.uid, consent_words=vals.get("words"), withdrawn_on=False, **kept
        )
        label = dict(self._fields["consent"]._description_selection(self.env))[consent]
        self._step(self.env._("Customer agrees"), vals.get("words") or label, consent=consent)

    def _take_withdraw(self, vals):
        """A withdrawn consent: what was signed is kept, a new solution is sought."""
        self.check_access("write")
        self._check_step(("carry",))
        words = self._check_words(vals, self.env._("Write what the customer says now."))
        self._note_round(withdrawn_on=fields.Datetime.now(), approved_on=False, approved_by=False, approved_as=False)
        self._step(self.env._("Consent withdrawn"), words, state="propose", consent=False)

    def _take_done(self, vals):
        """Done as promised: the callback comes. Who only wants to be heard needs no offer (抱怨)."""
        self.check_access("write")
        self._check_step(("carry", "investigate") if self.kind == "gripe" else ("carry",))
        words = self._check_words(vals, self.env._("Write what was done."))
        self._check_charge()
        if self.state == "carry" and not self.consent:
            raise UserError(self.env._("Note the customer's consent first."))
        self._note_round(done_words=words, solved_by=self.env.uid)
        solution = self.solution or words
        self._step(self.env._("Done"), words, **self._prepare_solved(solution=solution))
        self._plan_callback()

    def _prepare_solved(self, **vals):
        now = fields.Datetime.now()
        contacted = {} if self.contacted_on else {"contacted_on": now}
        return {"state": "callback", "solved_on": now, "waits_for": False, "waits_words": False, **contacted, **vals}
