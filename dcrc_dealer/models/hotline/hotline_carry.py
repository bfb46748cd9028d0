"""One call, one stop: from the record to what it becomes, with customer, car and words (HOT-4)."""

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.given import Id, Keys, Text, given

SEVERE = {"angry": "2"}  # severity of a complaint by the caller's mood


class Hotline(models.Model):
    """What a record becomes, each with the caller's data; the rules are those of the other rooms."""

    _inherit = "dcrc.hotline"

    # -- on the screen -----------------------------------------------------------

    def make_complaint(self):
        """Open a complaint with customer, car and words; return as `read_record`."""
        self._open_complaint()
        return self.read_record()

    @given(values=Keys(item=Text, wrong_value=Text, new_value=Text, note=Text))
    def make_correction(self, values):
        """Open a correction of the customer's file; return as `read_record`.

        :param values: item, and optionally wrong_value, new_value, note (the record's words where it is empty).
        """
        customer = self._get_customer()
        self._check_item(values.get("item"))
        vals = {
            "partner_id": customer.id,
            "vehicle_id": self.vehicle_id.id,
            "item": values["item"],
            "wrong_value": values.get("wrong_value") or False,
            "new_value": values.get("new_value") or False,
            "note": (values.get("note") or self.text or "").strip()[:200],
            "source": "manual",
        }
        correction = customer._dcrc_open_correction([vals])
        # an open one of the same item goes on: it stays where it was found first
        correction.filtered(lambda c: not c.hotline_id).sudo().hotline_id = self
        return self.read_record()

    @given(appointment_id=Id("dcrc.appointment"))
    def link_appointment(self, appointment_id):
        """Note the appointment that was made during this call; return as `read_record`."""
        appointment = self.env["dcrc.appointment"].browse(appointment_id)
        if appointment.partner_id != self._get_customer():
            raise UserError(self.env._("This appointment is another customer's."))
        appointment._dcrc_step({"hotline_id": self.id})
        return self.read_record()

    def make_lead(self):
        """Open a lead in Odoo's CRM, where it is installed; return as `read_record`."""
        self._open_lead()
        return self.read_record()

    # -- buttons of the form -------------------------------------------------------

    def action_complaint(self):
        """Button: a complaint of this caller, to be completed."""
        return self._show(self._open_complaint())

    def action_book(self):
        """Button: the booking dialog for this caller."""
        return self.env["dcrc.appointment"]._get_booking_action(
            {"partner_id": self._get_customer().id, "vehicle_id": self.vehicle_id.id, "hotline_id": self.id}
        )

    def action_open_screen(self):
        """Button: the hotline's screen of this record."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("dcrc_dealer.hotline_screen_action")
        return {**action, "params": {"record_id": self.id}}

    # -- how -------------------------------------------------------------------------

    def _get_customer(self):
        self.ensure_one()
        self._check_centre()
        if not self.partner_id:
            raise UserError(self.env._("Choose the customer first, or enter name and number."))
        return self.partner_id

    def _check_item(self, item):
        if item not in dict(self.env["dcrc.correction"]._fields["item"]._description_selection(self.env)):
            raise UserError(self.env._("Say what of the file is wrong."))

    def _open_complaint(self):
        customer = self._get_customer()
        if self.complaint_ids:
            raise UserError(self.env._("This call is complaint %(number)s already.", number=self.complaint_ids[0].name))
        self._check_told()
        complaint = self.env["dcrc.complaint"].create(
            {
                "partner_id": customer.id,
                "vehicle_id": self.vehicle_id.id,
                "company_id": self.company_id.id,
                "source": "hotline",
                "text": self.text,
                "severity": SEVERE.get(self.mood, "1"),
            }
        )
        complaint._dcrc_step({"hotline_id": self.id})
        self.purpose = "complaint"
        return complaint

    @api.model
    def _get_lead_model(self):
        """Odoo's CRM is no part of ours: leads go there where it is."""
        return self.env["crm.lead"] if "crm.lead" in self.env else None

    def _open_lead(self):
        """The sales people's list, which a specialist need not read: written as root."""
        self.ensure_one()
        self._check_centre()
        leads = self._get_lead_model()
        if leads is None:
            raise UserError(self.env._("Odoo's CRM is not installed: hand the call to the sales department instead."))
        if self.lead_id and leads.sudo().browse(self.lead_id).exists():
            raise UserError(self.env._("This call is a lead already."))
        self._check_told()
        lead = leads.sudo().create(self._prepare_lead())
        self._dcrc_step({"lead_model": leads._name, "lead_id": lead.id, "purpose": "lead"})
        return lead

    def _prepare_lead(self):
        car = self.vehicle_id.display_name
        return {
            "name": " · ".join(filter(None, [self.who, car])),
            "partner_id": self.partner_id.id,
            "contact_name": self.partner_id.name or self.caller or False,
            "phone": self.number or self.partner_id._dcrc_best_phone().number or False,
            "description": self.text,
            "company_id": self.company_id.id,
            "user_id": False,
            "type": "lead",
        }

    def _show(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
