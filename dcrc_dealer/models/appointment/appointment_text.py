from odoo import api, models
from odoo.exceptions import UserError

from ...tools.given import Id, given
from ..followup.placeholder import say_day
from .appointment import EXPECTED

TEMPLATE = "dcrc_dealer.sms_template_appointment_link"


class Appointment(models.Model):
    """The customer's own link as a text, from the booking (APT-6)."""

    _inherit = "dcrc.appointment"

    def action_text_link(self):
        """Button: send the customer's link as a text."""
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self._text_link()},
        }

    @api.model
    @given(appointment_id=Id("dcrc.appointment"))
    def text_link(self, appointment_id):
        """Send the link from the booking dialog.

        :return: ``{"ok": bool, "message": what was done, or why not}``
        """
        appointment = self.browse(appointment_id).exists()
        try:
            with self.env.cr.savepoint():
                return {"ok": True, "message": appointment._text_link()}
        except UserError as error:
            return {"ok": False, "message": str(error)}

    def _text_link(self):
        """Queue the text, to the number for the day where the gate lets it pass, else the customer's first; say so."""
        self.ensure_one()
        self.check_access("write")
        gate, partner, own = self.env["dcrc.gate"], self.partner_id, self.sudo()
        if not own.link_url or own.state not in (*EXPECTED, "draft"):
            raise UserError(self.env._("This link is over: let the customer choose again."))
        number = own.phone
        if not number or gate._ask(partner, "sms", number=number):
            number = gate._find_number(partner, "sms")
        refused = gate._ask(partner, "sms", number=number)
        if refused or not number:
            reason = refused.label if refused else self.env._("No number")
            raise UserError(self.env._("No text to this customer: %(reason)s. Copy the link instead.", reason=reason))
        self._queue_link(number)
        return self.env._("The link goes to %(number)s.", number=number[-4:].rjust(8, "*"))

    def _queue_link(self, number):
        template = self.env.ref(TEMPLATE).sudo()
        lang = self.partner_id.lang
        values = self.with_context(lang=lang)._get_link_placeholders()
        self.env["sms.sms"]._dcrc_queue(
            self.company_id,
            [
                {
                    "partner_id": self.partner_id.id,
                    "number": number,
                    "body": template._dcrc_fill(values, lang),
                    "dcrc_purpose": "care",
                    "dcrc_template_id": template.id,
                    "dcrc_last_day": self.day,
                    "dcrc_params": template._dcrc_params(values),
                }
            ],
        )

    def _get_link_placeholders(self):
        """Values for the text (see `dcrc.placeholder`)."""
        own = self.sudo()
        return {
            "customer": own.partner_id._dcrc_title_name(),
            **self.env["dcrc.placeholder"]._get_company_values(own.company_id),
            "specialist": self.env.user.name,
            "vehicle": own.vehicle_id.model_id.name,
            "plate": own.plate,
            "item": own.kind_id.name,
            "date": own._format_moment(own.start) if own.start else say_day(self.env, own.day),
            "link": own.link_url,
            "papers": own.kind_id.papers,
        }
