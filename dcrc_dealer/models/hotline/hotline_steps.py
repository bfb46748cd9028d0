"""What becomes of a call: answered at once, handed over, called back (HOT-3)."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..followup.followup import ACTIVE_STATES
from .hotline import OWED

TRIGGER = "hotline_callback"
USUAL_MINUTES = 30  # where the dealer has no time limit of its own


class Hotline(models.Model):
    """The steps of a record; a promised call is a follow-up of the one queue, never a list of its own."""

    _inherit = "dcrc.hotline"

    # -- buttons ---------------------------------------------------------------

    def action_answered(self):
        """Button: the caller has the answer, or was called back with it."""
        self._check_told()
        self._check_move("done")
        for record in self:
            record._finish()

    def action_call_back(self):
        """Button: put a call into the queue, at the time that the caller named or within the limit."""
        self._check_centre()
        self._check_told()
        self._check_move("callback")
        for record in self:
            record._check_callable()
            record._promise("callback")
            record._queue_callback()

    def action_reopen(self):
        """Button: something is left to do about a call that was done."""
        self._check_centre()
        self._check_move("open")
        self.sudo().write(
            {"state": "open", "closed_on": False, "closed_by": False, "answer_kind": False, **self._no_promise()}
        )

    # -- checks ----------------------------------------------------------------

    def _check_told(self):
        """A record says what it was about, unless nobody was on the line or it became something else."""
        for record in self:
            known = record.missed or record.complaint_ids or record.correction_ids or record.appointment_ids
            if not known and not (record.text or "").strip():
                raise UserError(self.env._("Write in a sentence what the caller wanted."))

    def _check_callable(self):
        if not self.partner_id:
            raise UserError(self.env._("Say who is to be called back: choose the customer, or enter name and number."))
        if self.callback_at and self.callback_at <= fields.Datetime.now():
            raise UserError(self.env._("The time to call back is over: choose one to come, or leave it empty."))

    # -- promises ----------------------------------------------------------------

    @api.model
    def _get_clocks(self):
        """HOT-3: from the promise to the first call back, whoever makes it."""
        owed = Domain("state", "in", OWED) & Domain("promised_on", "!=", False) & Domain("called_on", "=", False)
        return {**super()._get_clocks(), "hotline_call": owed}

    @api.model
    def _get_clock_pauses(self):
        return {**super()._get_clock_pauses(), "hotline_call": {"named": Domain("waits_named", "=", True)}}

    @api.model
    def _no_promise(self):
        return {"promised_on": False, "called_on": False, "callback_result": False, "waits_named": False}

    def _promise(self, state):
        """Somebody owes the caller a call from now on: a department, or the queue."""
        now = fields.Datetime.now()
        for record in self:
            named = state == "callback" and bool(record.callback_at)
            if record.promised_on and not record.called_on:
                vals = {"waits_named": named}  # passed on: the first promise still counts
            else:
                vals = {**self._no_promise(), "promised_on": now, "waits_named": named}
            if state == "callback":
                vals["callback_no"] = record.callback_no + 1
            record.sudo().write({**vals, "state": state})
        if state != "callback":
            self._drop_callback()

    def _get_callback_time(self):
        """When the call is due: as named, else when the time limit is over (UTC)."""
        self.ensure_one()
        if self.callback_at:
            return self.callback_at
        rule = self.env["dcrc.clock.rule"]._get_for(self.company_id, "hotline_call", self.urgency)
        if rule:
            return rule._add(self.promised_on, rule._get_minutes(self.promised_on))
        return self.promised_on + timedelta(minutes=USUAL_MINUTES)

    def _queue_callback(self):
        """Put the call into the queue at once, without waiting for the night."""
        self.env.flush_all()
        company = self.company_id
        rule = (
            self.env["dcrc.followup.rule"]
            .sudo()
            .search([("company_id", "=", company.id), ("trigger", "=", TRIGGER)], limit=1)
        )
        if not rule or TRIGGER in company._dcrc_triggers_off():
            raise UserError(self.env._("No rule plans calls back: a manager switches it on in the configuration."))
        planner, today = self.env["dcrc.followup.planner"].sudo(), company._dcrc_today()
        day = company._dcrc_to_local(self._get_callback_time()).date()
        planner._plan_rule(rule, company, today, max(today, day))
        planner._refresh(self.partner_id)
        if not self._get_followups():
            raise UserError(
                self.env._("The call back could not be planned: look at the rule “%(rule)s”.", rule=rule.name)
            )

    def _get_followups(self, states=None):
        """The follow-ups of the call promised last."""
        found = (
            self.env["dcrc.followup"].sudo().search([("source_model", "=", self._name), ("source_id", "in", self.ids)])
        )
        numbers = {record.id: str(record.callback_no) for record in self}
        mine = found.filtered(lambda f: f.occurrence == numbers[f.source_id])
        return mine.filtered(lambda f: f.state in states) if states else mine

    def _drop_callback(self):
        """What was settled in another way is not called about; a customer on the line is left to the call."""
        waiting = self._get_followups(ACTIVE_STATES)
        free = waiting.filtered(lambda f: not f.contact_id or not f.contact_id._get_holder())
        if free:
            free._cancel("hotline_done")

    @api.model
    def _wake(self, company):
        """The times that callers named have come: from now on the limit counts; what is beyond it is late."""
        mine = Domain("company_id", "=", company.id)
        named = mine & Domain("waits_named", "=", True) & Domain("callback_at", "<=", fields.Datetime.now())
        if due := self.sudo().search(named):
            due.write({"waits_named": False})
        waiting = mine & Domain("state", "in", OWED) & Domain("callback_result", "=", False)
        if late := self.sudo().search(waiting & Domain("clock_late", "=", True)):
            late.write({"callback_result": "late"})

    # -- ends --------------------------------------------------------------------

    def _finish(self):
        """The caller has the answer."""
        self.ensure_one()
        vals = self._prepare_called() if self.promised_on else {}
        kind = "called_back" if self.promised_on else "at_once"
        self._dcrc_step({**self._prepare_move("done", answer_kind=kind), **vals})
        self._drop_callback()

    def _prepare_called(self):
        """The first call back: whether its limit held."""
        if self.called_on:
            return {}
        clock = self.sudo().clock_ids.filtered(lambda c: c.kind == "hotline_call" and c.state in ("running", "paused"))[
            :1
        ]
        result = self.callback_result or ("late" if clock.is_late else "in_time")
        return {"called_on": fields.Datetime.now(), "callback_result": result, "waits_named": False}

    def _note_called(self):
        """The promised call was made, whether the customer was reached or not."""
        for record in self.filtered(lambda record: record.promised_on and not record.called_on):
            record.sudo().write(record._prepare_called())

    def _settle(self):
        """The queue is through with the call of these records: take over what came of it."""
        for record in self.filtered(lambda record: record.state == "callback"):
            followups = record._get_followups()
            states = set(followups.mapped("state"))
            if states & {*ACTIVE_STATES}:
                continue
            if "done" in states:
                kind = self._prepare_move("done", answer_kind="called_back")
                record.sudo().write({**kind, **record._prepare_called()})
            else:
                record.sudo().write({"state": "unreached" if "failed" in states else "open"})
