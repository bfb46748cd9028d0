from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class Call(models.Model):
    """Closing a call: everything that follows from it, in one transaction."""

    _inherit = "dcrc.call"

    def _finish(self, values):
        """Close the call and do all that follows from its outcome (FUP-4 … FUP-8).

        :param values: dict with outcome_id and optionally phone_id, callback_at (UTC
            datetime or its text), note, ``answers``: ``{followup_id: {question_id:
            {"answer_id": id, "text": str}}}`` (either may be missing; keys may be text),
            ``complaints``: ``[{followup_id, vehicle_id, text, department_id, question_id}]``,
            ``corrections``: ``[{item, phone_id, vehicle_id, wrong_value, new_value, note}]``,
            ``do_not_contact``: ``{reason_id, channel, purpose, vehicle_id, date_end, note}``,
            ``decisions``: ``{followup_id: choice}`` for those that ask for one.
        :return: ``{"messages": [str], "complaints": [ids], "state": state of the contact}``
        :raise UserError: somebody else holds the customer, an answer is missing, or a
            dissatisfied answer has no complaint yet (FUP-7).
        """
        self._check_mine()
        contact = self._lock_contact()
        outcome = self._check_outcome(values)
        answers = self._clean_answers(values.get("answers"))
        self._check_opinion(outcome, answers)
        self._check_complaints(answers, values.get("complaints") or [])
        self._decide(outcome, values)
        call = self.sudo().with_context(dcrc_sold_vehicle_ids=self._get_named_vehicles(values))
        call._close_draft(outcome, values)
        effective = call._record_answers({} if outcome.asks_callback else answers)
        call._mark_phone()
        messages = call._open_corrections(values.get("corrections") or [])
        call._note_do_not_contact(values.get("do_not_contact"))
        complaints = call._raise_complaints(values.get("complaints") or [])
        messages += contact.sudo().with_context(**call.env.context)._apply_outcome(call, effective)
        call._refresh_customer()
        return {"messages": messages, "complaints": [complaint.id for complaint in complaints], "state": contact.state}

    def _lock_contact(self):
        """Return the contact, locked; refuse when it is closed or somebody else's by now."""
        contact = self.contact_id
        self.env.execute_query(SQL("SELECT id FROM dcrc_contact WHERE id = %s FOR NO KEY UPDATE", contact.id))
        contact.invalidate_recordset(["state", "claimed_by", "claimed_until"])
        if contact.state != "open":
            raise UserError(self.env._("This contact was closed meanwhile; your notes stay in the draft of the call."))
        holder = contact._get_holder()
        if holder and holder != self.env.user:
            raise UserError(self.env._("%(name)s has taken over this customer meanwhile.", name=holder.sudo().name))
        return contact

    def _check_outcome(self, values):
        outcome = self.env["dcrc.call.outcome"].browse(values.get("outcome_id") or ()).exists()
        if not outcome or outcome not in outcome._get_outcomes(self.company_id):
            raise UserError(self.env._("Choose how the attempt ended."))
        if not self._may_end(outcome):
            raise UserError(self.env._("The customer called: choose what came of the talk."))
        phone = self.env["dcrc.phone"].browse(values.get("phone_id") or ())
        if phone and phone.partner_id != self.partner_id:
            raise UserError(self.env._("This number belongs to another customer."))
        return outcome

    def _may_end(self, outcome):
        """A call from the customer is a talk, whatever came of it."""
        return self.direction == "out" or outcome.reached and outcome.correction_item != "phone"

    def _clean_answers(self, answers):
        """Return ``{followup: {question id: {"answer_id", "text"}}}`` of this contact, without empty ones."""
        leaders = self.contact_id.followup_ids._get_leaders()
        followups = {followup.id: leader for followup, leader in leaders.items()}
        result = {}
        for followup_id, given in (answers or {}).items():
            followup = followups.get(int(followup_id))
            kept = {
                int(question): answer
                for question, answer in (given or {}).items()
                if answer and (answer.get("answer_id") or (answer.get("text") or "").strip())
            }
            if kept and followup is None:
                raise UserError(self.env._("One of the reasons is no longer open; open the call again."))
            if kept:
                self.env["survey.user_input"]._dcrc_check_answers(followup.sudo(), kept)
                result[followup] = {**result.get(followup, {}), **kept}
        return result

    def _check_opinion(self, outcome, answers):
        """An opinion comes with an outcome that says so (FUP-10); a talk to be gone on with is none yet."""
        if answers and not outcome.effective and not outcome.asks_callback:
            raise UserError(
                self.env._(
                    "Answers are noted, and “%(outcome)s” says that there are none:"
                    " choose another outcome, or take the answers back.",
                    outcome=outcome.name,
                )
            )

    def _check_complaints(self, answers, complaints):
        """FUP-7: dissatisfaction is handed on before the call closes."""
        leaders = {followup.id: leader for followup, leader in self.contact_id.followup_ids._get_leaders().items()}
        told = {leaders.get(complaint.get("followup_id")) for complaint in complaints if complaint.get("text")}
        for followup, given in answers.items():
            chosen = (
                self.env["survey.question.answer"]
                .sudo()
                .browse([answer["answer_id"] for answer in given.values() if answer.get("answer_id")])
            )
            bad = chosen.filtered(lambda answer: 0 < answer.dcrc_level <= 2)
            if bad and followup not in told and not followup._has_complaint():
                raise UserError(
                    self.env._(
                        "Dissatisfied with “%(question)s”: open a complaint or a department task first.",
                        question=bad[0].question_id.title,
                    )
                )

    def _decide(self, outcome, values):
        """Hook: do what the customer decided; raise UserError where nothing was decided that has to be."""

    def _get_named_vehicles(self, values):
        return [
            c["vehicle_id"] for c in values.get("corrections") or [] if c.get("item") == "owner" and c.get("vehicle_id")
        ]

    def _close_draft(self, outcome, values):
        contact = self.contact_id
        slot = contact._slot_now(self.company_id)
        self.write(
            {
                "state": "done",
                "outcome_id": outcome.id,
                "ended_at": fields.Datetime.now(),
                "phone_id": values.get("phone_id") or self.phone_id.id,
                "callback_at": values.get("callback_at") or False,
                "note": values.get("note") or False,
                "slot_id": slot.key if slot else False,
                "attempt_no": contact.attempt_count + 1 if self.direction == "out" else 0,
                "followup_ids": contact.followup_ids.ids,
                "draft": self._keep_answers(outcome, values),
            }
        )

    def _keep_answers(self, outcome, values):
        """Who asks to be called again has not finished: what was said so far waits for that call."""
        answers = outcome.asks_callback and values.get("answers")
        return {"answers": answers, "note": "", "at": 0} if answers else False

    def _record_answers(self, answers):
        """Store answers in the survey's own tables; return ``{followup id: effective}``.

        Effective = the outcome says so, and where there is a questionnaire, an answer was given.
        """
        outcome = self.outcome_id
        if outcome.effective and not answers and any(f._get_questions() for f in self.followup_ids):
            raise UserError(
                self.env._("No question is answered. Note what the customer said, or choose another outcome.")
            )
        for followup, given in answers.items():
            self.env["survey.user_input"]._dcrc_record(followup.sudo(), given)
        leaders = self.followup_ids._get_leaders()
        self.followup_ids._share_answers(leaders)
        asked = self.followup_ids.filtered(lambda f: f.rule_id._get_survey())
        silent = asked.filtered(lambda f: not leaders[f].sudo().user_input_id.user_input_line_ids)
        return {f.id: outcome.effective and f not in silent for f in self.followup_ids}

    def _mark_phone(self):
        """What the attempt shows about the number (a missed call shows it only after the last one)."""
        phone = self.phone_id.with_context(dcrc_no_refresh=True)
        outcome = self.outcome_id
        if not phone or self.direction == "in":
            return
        if outcome.phone_state and not outcome.retry:
            phone._mark(outcome.phone_state)
        elif outcome.reached:
            phone._mark("ok")

    def _open_corrections(self, corrections):
        """Open what the specialist found wrong and what the outcome itself shows (COR-1)."""
        vals_list = [self._prepare_correction(values) for values in corrections if values.get("item")]
        outcome = self.outcome_id
        items = {vals["item"] for vals in vals_list}
        if outcome.opens_correction and outcome.correction_item not in items:
            vals_list.append(self._prepare_correction({"item": outcome.correction_item}))
        if not vals_list:
            return []
        opened = self.env["res.partner"].sudo()._dcrc_open_correction(vals_list)
        return [self.env._("Corrections opened: %(count)s", count=len(opened))] if opened else []

    def _prepare_correction(self, values):
        """Values of a correction for the hook `res.partner._dcrc_open_correction`."""
        item = values["item"]
        phone = self.env["dcrc.phone"].browse(values.get("phone_id") or ())
        if item == "phone" and not phone:
            phone = self.phone_id
        if phone.partner_id - self.partner_id:
            raise UserError(self.env._("This number belongs to another customer."))
        vehicle = self.followup_ids.vehicle_id[:1]
        return {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "item": item,
            "phone_id": phone.id if item == "phone" else False,
            "vehicle_id": values.get("vehicle_id") or (vehicle.id if item in ("owner", "plate") else False),
            "wrong_value": values.get("wrong_value") or (phone.number if item == "phone" else False),
            "new_value": values.get("new_value") or False,
            "source": "call",
            "call_id": self.id,
            "department_kind": self.followup_ids[:1]._get_department_kind() if self.followup_ids else "sales",
            "note": values.get("note") or self.note or self.outcome_id.name,
        }

    def _note_do_not_contact(self, values):
        if not values:
            return
        reason = self.env["dcrc.reason"].browse(values.get("reason_id") or ()) or self.env["dcrc.reason"].search(
            [("code", "=", "dnc_asked")], limit=1
        )
        self.env["dcrc.do.not.contact"].with_context(dcrc_no_refresh=True).create(
            {
                "partner_id": self.partner_id.id,
                "vehicle_id": values.get("vehicle_id") or False,
                "channel": values.get("channel") or "all",
                "purpose": values.get("purpose") or "all",
                "reason_id": reason.id,
                "date": self.company_id._dcrc_today(),
                "date_end": values.get("date_end") or False,
                "note": values.get("note") or False,
            }
        )

    def _raise_complaints(self, complaints):
        vals_list = [
            {
                "partner_id": self.partner_id.id,
                "company_id": self.company_id.id,
                "call_id": self.id,
                "source": "call",
                "followup_id": values.get("followup_id") or False,
                "vehicle_id": values.get("vehicle_id") or False,
                "text": values["text"],
                "department_id": values.get("department_id") or False,
                "question_id": values.get("question_id") or False,
            }
            for values in complaints
            if values.get("text")
        ]
        return self._open_complaints(vals_list) if vals_list else []

    def _refresh_customer(self):
        """A number found wrong or a wish not to be called holds for the other follow-ups at once."""
        others = self.phone_id._get_same_numbers().partner_id  # a number that rang has peace for all
        self.env["dcrc.followup.planner"]._refresh(self.partner_id | others)
