from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.given import ById, Day, Each, Flag, Free, Id, Keys, Moment, Text, given

# how a call went, as `finish_call` takes it
FINISHED = Keys(
    outcome_id=Id("dcrc.call.outcome"),
    phone_id=Id("dcrc.phone"),
    callback_at=Moment,
    note=Text,
    answers=ById("dcrc.followup", ById("survey.question", Keys(answer_id=Id("survey.question.answer"), text=Text))),
    complaints=Each(
        Keys(
            followup_id=Id("dcrc.followup"),
            vehicle_id=Id("fleet.vehicle"),
            department_id=Id("dcrc.department"),
            question_id=Id("survey.question"),
            text=Text,
        )
    ),
    corrections=Each(
        Keys(
            item=Text,
            phone_id=Id("dcrc.phone"),
            vehicle_id=Id("fleet.vehicle"),
            wrong_value=Text,
            new_value=Text,
            note=Text,
        )
    ),
    decisions=ById("dcrc.followup", Text),
    do_not_contact=Keys(
        reason_id=Id("dcrc.reason"), vehicle_id=Id("fleet.vehicle"), channel=Text, purpose=Text, date_end=Day, note=Text
    ),
)


class Console(models.AbstractModel):
    """What the Today and Call screens ask for and hand in.

    A thin layer: it composes what the models of the room know into the shapes that
    the screens show, and passes on what a specialist entered. Rules live there, not here.
    """

    _name = "dcrc.console"
    _description = "Today and Call screens"

    @api.model
    @given(skip_contact_id=Id("dcrc.contact"))
    def claim_next(self, skip_contact_id=None):
        """Hold the next customer for the user.

        :param skip_contact_id: the contact just put back, not to be offered again at once.
        :return: id of the contact, or False when nobody can be called now.
        """
        self._check_specialist()
        contacts = self.env["dcrc.contact"]
        return contacts._claim_next(skip=contacts.browse(skip_contact_id or ())).id

    @api.model
    @given(contact_id=Id("dcrc.contact"), inbound=Flag)
    def open_contact(self, contact_id, inbound=False):
        """Hold a contact and return all that its call screen shows.

        Only ``{"claimed_by_other": name}`` when somebody else holds it.

        :param inbound: the customer is on the line: calling hours and agreed times do not matter.

        :raise UserError: the contact is closed, or the customer may not be called now.
        """
        self._check_specialist()
        contact = self.env["dcrc.contact"].browse(contact_id).exists()
        if not contact:
            raise UserError(self.env._("This contact no longer exists."))
        contact.check_access("read")
        holder = contact._get_holder()
        if holder and holder != self.env.user:
            return {"claimed_by_other": holder.sudo().name}
        contact._claim()
        return self._prepare_call(contact, contact._start_call("in" if inbound else "out"))

    @api.model
    @given(call_id=Id("dcrc.call"), draft=Free)
    def save_draft(self, call_id, draft):
        """Keep what was typed so far (any JSON); it comes back with `open_contact`."""
        self._check_specialist()
        self._get_call(call_id)._save_draft(draft)
        return True

    @api.model
    @given(call_id=Id("dcrc.call"), values=FINISHED, want_next=Flag)
    def finish_call(self, call_id, values, want_next=True):
        """Close a call; safe to repeat when the answer got lost on the way.

        :param values: see `dcrc.call._finish`.
        :param want_next: hold the next customer at once.
        :return: ``{"next": contact id or False, "messages": [str]}``
        :raise UserError: what is missing, in words; nothing is closed then.
        """
        self._check_specialist()
        call = self._get_call(call_id)
        if call.state == "done" and call.user_id == self.env.user:
            time = call.contact_id._format_local(call.ended_at)
            messages = [self.env._("This call was saved already, at %(time)s.", time=time)]
        else:
            messages = call._finish(values)["messages"]
        return {"next": self.claim_next() if want_next else False, "messages": messages}

    @api.model
    @given(contact_id=Id("dcrc.contact"))
    def release_contact(self, contact_id):
        """Put a customer back into the queue; what was typed stays in the draft."""
        self._check_specialist()
        self.env["dcrc.contact"].browse(contact_id).exists()._release()
        return True

    @api.model
    @given(call_id=Id("dcrc.call"), followup_id=Id("dcrc.followup"))
    def ask_instead(self, call_id, followup_id):
        """Ask who brought the car about the visit, instead of the customer on the screen.

        :return: the contact to open next: the other person's, held by the user.
        :raise UserError: nobody else brought it, or that person can't be called.
        """
        self._check_specialist()
        call = self._get_call(call_id)
        followup = call.contact_id.followup_ids.filtered(lambda f: f.id == followup_id)
        holder = call.contact_id._get_holder()
        if call.state != "draft" or not followup or (holder and holder != self.env.user):
            raise UserError(self.env._("One of the reasons is no longer open; open the call again."))
        contact = followup._ask_bringer()
        call.contact_id._release()
        contact._claim()
        return contact.id

    @api.model
    def explain_empty(self):
        """Say in words why nobody is offered now, and when somebody will be."""
        self._check_specialist()
        contacts = self.env["dcrc.contact"]
        opens = contacts._next_window(self.env.company)
        if not opens:
            return self.env._("No calling hours are set: a manager enters them in the configuration.")
        if opens > fields.Datetime.now():
            return self.env._(
                "Customers rest now: calling hours begin at %(time)s.", time=contacts._format_local(opens)
            )
        waiting = contacts.search(
            contacts._queue_domains()["all"] & fields.Domain("call_after", ">", fields.Datetime.now()),
            order="call_after",
            limit=1,
        )
        if waiting:
            return self.env._(
                "All who are due were called. The next attempt is from %(time)s on.",
                time=contacts._format_local(waiting.call_after),
            )
        return self.env._("All who are due were called, or are with a colleague.")

    def _check_specialist(self):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the customer center's specialists make calls."))

    def _get_call(self, call_id):
        call = self.env["dcrc.call"].browse(call_id).exists()
        if not call:
            raise UserError(self.env._("This call no longer exists."))
        call.check_access("read")
        return call
