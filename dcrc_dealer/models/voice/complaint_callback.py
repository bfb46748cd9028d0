from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..followup.followup import ACTIVE_STATES

TRIGGER = "complaint_callback"
SATISFIED = 4  # levels of answers from here on
CALLBACK_DAYS = 3  # shown as the limit where the dealer has no rule of its own


class Complaint(models.Model):
    """The callback is a follow-up of the one queue; its stored answer closes the complaint, or begins a new round."""

    _inherit = "dcrc.complaint"

    def action_call_again(self):
        """Button: have the customer called back anew, when the callback came to nothing."""
        self._check_centre()
        self._check_step(("callback",))
        if self.callback_id.state in ACTIVE_STATES:
            raise UserError(self.env._("The callback is in the queue already."))
        self._plan_callback()
        self.sudo().message_post(body=self.env._("To be called back again"), author_id=self.env.user.partner_id.id)

    def _plan_callback(self):
        """Put the callback into the queue at once."""
        today = self.company_id._dcrc_today()
        complaint = self.sudo()
        complaint._note_round(callback_on=today)
        complaint._set_callback_due()
        self.env.flush_all()
        rules = self.env["dcrc.followup.rule"].sudo()
        domain = [("company_id", "=", self.company_id.id), ("trigger", "=", TRIGGER)]
        for rule in rules.search(domain):
            self.env["dcrc.followup.planner"].sudo()._plan_rule(rule, self.company_id, today, today)
        complaint._refresh_followups()

    def _set_callback_due(self):
        clock = self.clock_ids.filtered(lambda c: c.kind == TRIGGER and c.state == "running")[:1]
        self.callback_due = clock.due_on or fields.Datetime.now() + timedelta(days=CALLBACK_DAYS)

    @api.model
    def _link_callbacks(self, followup_ids):
        """Callbacks that were just planned stand on their complaints, and in their rounds."""
        if not followup_ids:
            return
        self.env.flush_all()
        for table, condition in (("dcrc_complaint_round", "t.id"), ("dcrc_complaint", "t.round_id")):
            self.env.cr.execute(
                SQL(
                    """UPDATE %s t SET callback_id = f.id FROM dcrc_followup f
                        WHERE f.id = ANY(%s) AND f.source_model = 'dcrc.complaint.round' AND f.source_id = %s""",
                    SQL.identifier(table),
                    followup_ids,
                    SQL.identifier(*condition.split(".")),
                )
            )
        for name in ("dcrc.complaint", "dcrc.complaint.round"):
            self.env[name].invalidate_model(["callback_id"], flush=False)

    def _call_off_callback(self):
        """Nobody is asked any more about what is closed; a customer on the line now is left to the call."""
        followups = self.env["dcrc.followup"].sudo()
        waiting = followups.search(
            [
                ("source_model", "=", "dcrc.complaint.round"),
                ("source_id", "in", self.sudo().round_ids.ids),
                ("state", "in", ACTIVE_STATES),
            ]
        )
        free = waiting.filtered(lambda f: not f.contact_id or not f.contact_id._get_holder())
        if free:
            free._cancel("complaint_closed")

    def _add_words(self, words):
        """What a customer complains of in a callback stands in the round that it is about."""
        for complaint in self:
            row = complaint.round_id
            row.customer_words = "\n".join(filter(None, [row.customer_words, words]))

    def _take_answer(self, followup):
        """What the customer said in the callback: satisfied closes, anything less begins another round (CMP-3, CMP-4).

        An answer about a round that is over, or without a level, changes nothing.
        """
        self.ensure_one()
        level, words = self._read_answer(followup)
        if self.state != "callback" or self.round_id.id != followup.source_id or not level:
            return
        satisfied = level >= SATISFIED
        said = "\n".join(filter(None, [self.round_id.customer_words, words]))
        self._note_round(
            satisfied="yes" if satisfied else "no",
            answered_on=fields.Datetime.now(),
            customer_words=said,
            callback_id=followup.id,
        )
        if satisfied:
            self._close("answer", words=said, result=self.solution or said or "–", closing_id=followup.id)
            return
        title = self.env._("Customer not satisfied")
        self.message_post(body=f"{title}: {said}" if said else title)
        self._next_round("investigate" if self.founded == "yes" else "received")

    @api.model
    def _read_answer(self, followup):
        """``(level, words)`` of a callback's answers: the overall question's level, else the lowest given."""
        lines = followup.user_input_id.user_input_line_ids.filtered(lambda line: not line.skipped)
        levels = lines.filtered(lambda line: line.dcrc_level > 0)
        overall = levels.filtered(lambda line: line.question_id.dcrc_overall)
        words = [line.value_char_box or line.value_text_box for line in lines]
        return min((overall or levels).mapped("dcrc_level"), default=0), "\n".join(filter(None, words))
