from odoo import api, fields, models

READER = "dcrc_dealer.group_dcrc_reader"


class ResPartner(models.Model):
    _inherit = "res.partner"

    dcrc_appointment_ids = fields.One2many("dcrc.appointment", "partner_id", "Appointments", groups=READER)
    dcrc_appointment_count = fields.Integer(
        "Number of appointments", compute="_compute_dcrc_appointments", groups=READER
    )
    dcrc_next_appointment = fields.Char("Next appointment", compute="_compute_dcrc_appointments", groups=READER)

    @api.depends("dcrc_appointment_ids.state", "dcrc_appointment_ids.start")
    def _compute_dcrc_appointments(self):
        model = self.env["dcrc.appointment"]
        counts = dict(model._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"]))
        coming = model.search(
            [
                ("partner_id", "in", self.ids),
                ("state", "in", ("booked", "confirmed", "late")),
                ("start", ">=", fields.Datetime.now()),
            ],
            order="start desc",
        )
        nearest = {appointment.partner_id: appointment for appointment in coming}
        for partner in self:
            origin = partner._origin
            partner.dcrc_appointment_count = counts.get(origin, 0)
            first = nearest.get(origin)
            partner.dcrc_next_appointment = first and first._format_moment(first.start)

    def action_dcrc_book(self):
        """Button: book an appointment for this customer."""
        self.ensure_one()
        return self.env["dcrc.appointment"]._get_booking_action({"partner_id": self.id})

    def action_dcrc_appointments(self):
        """Button: all appointments of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.appointment_action")
        context = {"default_partner_id": self.id}
        return {
            **action,
            "domain": [("partner_id", "=", self.id)],
            "context": context,
            "views": [(False, "list"), (False, "form")],
        }
