from odoo import models
from odoo.exceptions import UserError


class Followup(models.Model):
    """Several reasons in one conversation: each questionnaire is asked once (FUP-10)."""

    _inherit = "dcrc.followup"

    def _get_leaders(self):
        """Return ``{follow-up: the one that asks for it}``: the first of these with the same questionnaire.

        Two orders of a visit, or sixty cars of a firm, are one opinion: the leader carries questions,
        answers, link and text; what is said counts for all.
        """
        leaders, asking = {}, {}
        for followup in self.sorted("id"):
            leaders[followup] = asking.setdefault(followup._get_opinion_key(), followup)
        return leaders

    def _get_opinion_key(self):
        """What is one opinion with others of the conversation: the questionnaire; extension point."""
        return self.rule_id._get_survey() or self

    def _share_answers(self, leaders):
        """Give the answers of the leaders to those that they ask for."""
        for followup in self:
            leader = leaders[followup]
            if leader != followup and leader.user_input_id:
                followup.write({"user_input_id": leader.user_input_id.id, "dissatisfied": leader.dissatisfied})

    def _get_siblings(self):
        """Those of the same conversation that end with this one's answers (without this one)."""
        self.ensure_one()
        key = self._get_opinion_key()
        together = self.call_ids.contact_id.call_ids.followup_ids - self
        return together.filtered(
            lambda f: f.partner_id == self.partner_id and f._get_opinion_key() == key and not f.effective
        )

    def _ask_bringer(self):
        """Have the one who brought the car asked about its visits; return the contact with that person.

        Everything about the same car that is due in this conversation goes along.
        """
        self.ensure_one()
        bringer = self.sudo().visit_id.partner_id
        if not bringer or bringer == self.partner_id or not bringer._dcrc_best_phone():
            raise UserError(self.env._("Nobody else with a number brought this car."))
        contact = self.contact_id
        moved = contact.followup_ids.filtered(lambda f: f.visit_id.partner_id == bringer).sudo()
        self._note_user(moved.vehicle_id, bringer)
        moved.write({"partner_id": bringer.id, "partner_chosen": True, "state": "planned", "contact_id": False})
        contact.sudo()._close_if_empty()
        self.env["dcrc.followup.planner"].sudo()._refresh(bringer)
        if self.state != "open":
            raise UserError(self.env._("%(name)s can't be called now.", name=bringer.name))
        return self.contact_id

    def _note_user(self, vehicles, person):
        """Who brought a car uses it: the ledger says so, whoever is its main user."""
        ledger = self.env["dcrc.vehicle.owner"].sudo()
        for car in vehicles:
            if person not in car.dcrc_link_ids.filtered("current").partner_id:
                today = car.company_id._dcrc_today()
                ledger.create(car._dcrc_prepare_link("user", person, today, "call"))
