from odoo import models
from odoo.tools import html2plaintext

MESSAGES = 200  # in the complete file


class Complaint(models.Model):
    """What stands on the papers of a complaint (CMP-6): texts and moments as the dealer reads them."""

    _inherit = "dcrc.complaint"

    def _get_local_words(self, moment):
        """A moment on the dealer's clock."""
        return f"{self.company_id._dcrc_to_local(moment):%Y-%m-%d %H:%M}" if moment else ""

    def _get_word(self, name, record=None):
        """The label of a selection's value."""
        record = record or self
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")

    def _get_paper_facts(self):
        """``[(label, text)]`` of the head of a complaint's papers."""
        car = self.vehicle_id
        facts = [
            (self.env._("Number"), self.name),
            (self.env._("Received"), self._get_local_words(self.date)),
            (self.env._("Customer"), self.partner_id.name),
            (self.env._("Phone"), self.customer_phone),
            (self.env._("Plate"), car.license_plate),
            (self.env._("Model"), car.model_id.name),
            (self.env._("VIN"), car.vin_sn),
            (self.env._("Came through"), self.source_id.display_name),
            (self.env._("Kind"), self._get_word("kind")),
            (self.env._("Level"), self._get_word("severity")),
            (self.env._("Category"), self.category_id.display_name),
            (self.env._("Department"), self.department_id.name),
            (self.env._("Taken By"), self.user_id.name),
            (self.env._("Person in Charge"), self.handler_id.name),
            (self.env._("Manufacturer's Number"), self.manufacturer_no),
            (self.env._("Authority's Number"), self.authority_no),
        ]
        return [(label, text or "") for label, text in facts]

    def _get_paper_steps(self, row):
        """``[(step, who, when, words)]`` of a round, in the order of the road; what did not happen is left out."""
        lines = [
            (self.env._("Customer contacted"), row.contacted_by, row.contacted_on, row.contact_words),
            (self._get_word("founded", row), row.judged_by, row.judged_on, row.judge_words),
            (self.env._("Cause"), row.handler_id, False, self._join(row.cause_id.display_name, row.root_cause)),
            (self.env._("Department's Answer"), row.handler_id, False, row.answer),
            (self.env._("What Was Promised"), row.approved_by, row.approved_on, self._get_offer_words(row)),
            (self._get_word("consent", row), row.consent_by, row.consented_on, row.consent_words),
            (self.env._("What Was Done"), row.solved_by, row.solved_on, row.done_words),
            (self._get_word("satisfied", row), row.callback_id.user_id, row.answered_on, row.customer_words),
        ]
        return [
            (step, user.sudo().name if moment or words else "", self._get_local_words(moment), words or "")
            for step, user, moment, words in lines
            if moment or words
        ]

    def _get_offer_words(self, row):
        cost = self.env._("cost %(cost).2f", cost=row.cost) if row.cost else ""
        return self._join(row.solution, row.compensation_id.display_name, cost)

    def _join(self, *parts):
        return "；".join(filter(None, parts))

    def _get_paper_messages(self):
        """``[(when, who, words)]`` of the chatter, the first first."""
        messages = self.message_ids.filtered(lambda message: html2plaintext(message.body or "").strip())
        return [
            (self._get_local_words(message.date), message.author_id.name or "", html2plaintext(message.body).strip())
            for message in messages.sorted("id")[:MESSAGES]
        ]

    def _get_paper_clocks(self):
        """``[(limit, begun, due, met, whether it was or is late)]``."""
        return [
            (
                clock._get_kind_name(),
                self._get_local_words(clock.started_on),
                self._get_local_words(clock.due_on),
                self._get_local_words(clock.met_on),
                clock.is_late,
            )
            for clock in self.clock_ids.sorted("id")
        ]
