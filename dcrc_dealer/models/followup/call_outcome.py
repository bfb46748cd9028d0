from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..foundations.phone import PHONE_STATES


class CallOutcome(models.Model):
    """How an attempt ended (拨打结果, handbook FUP-5); the flags say what follows from it."""

    _name = "dcrc.call.outcome"
    _description = "Outcome of an attempt"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short name for lists and interfaces.", copy=False)
    key = fields.Char(size=1, help="The letter that chooses it on the call screen.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        "Dealer",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: shared by all dealers of the group, changed by the administrator only.",
    )
    # what follows
    reached = fields.Boolean(help="Somebody answered: the number works.")
    effective = fields.Boolean(help="The customer gave an opinion: counts in the success rate (FUP-10).")
    final = fields.Boolean(help="Ends the contact; no further attempt.")
    retry = fields.Boolean("Try again", help="Another attempt follows in another slot.")
    asks_callback = fields.Boolean("Call back at", help="Asks when the customer wants to be called.")
    sends_link = fields.Boolean(
        "Send a link", help="The customer gets the questionnaire by e-mail and text message (FUP-8)."
    )
    leaves_base = fields.Boolean(
        "Leaves the base", help="Doesn't count as due once the correction it opened is verified (FUP-5)."
    )
    opens_correction = fields.Boolean()
    correction_item = fields.Selection([("phone", "Phone"), ("owner", "Owner")], "What is to be corrected")
    phone_state = fields.Selection(
        PHONE_STATES,
        "Makes the number",
        help="State that the dialled number gets; with “Try again” only after the last attempt.",
    )

    _code_once = models.UniqueIndex("(code, COALESCE(company_id, 0))", "There is an outcome with this code already.")
    _correction_has_item = models.Constraint(
        "CHECK (NOT opens_correction OR correction_item IS NOT NULL)",
        "An outcome that opens a correction says what is to be corrected.",
    )

    @api.constrains("final", "retry", "asks_callback", "opens_correction")
    def _check_consequence(self):
        for outcome in self:
            flags = [outcome.final, outcome.retry, outcome.asks_callback, outcome.opens_correction]
            if sum(flags) != 1:
                raise ValidationError(
                    self.env._(
                        "“%(outcome)s”: choose one of final, try again, call back, opens a correction.",
                        outcome=outcome.name,
                    )
                )

    @api.constrains("key", "company_id", "active")
    def _check_key(self):
        for outcome in self.filtered(lambda o: o.key and o.active):
            rivals = self.search_count(
                [
                    ("key", "=ilike", outcome.key),
                    ("id", "!=", outcome.id),
                    ("company_id", "in", [False, outcome.company_id.id]),
                ]
            )
            if rivals or not outcome.key.isalpha():
                raise ValidationError(self.env._("The key “%(key)s” is taken; choose a free letter.", key=outcome.key))

    @api.model
    def _get_outcomes(self, company):
        """Outcomes that a dealer's specialists choose from: shared and own ones."""
        return self.search([("company_id", "in", [False, company.id])])
