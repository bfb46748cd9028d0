from odoo import api, fields, models

VIP = "dcrc_dealer.res_partner_category_vip"
FLEET = "dcrc_dealer.res_partner_category_corporate_fleet"


class Appointment(models.Model):
    """Who receives and sees off VIP and fleet customers, and where (APT-7)."""

    _inherit = "dcrc.appointment"

    is_guest = fields.Boolean("VIP or fleet customer", compute="_compute_is_guest", compute_sudo=True)
    host_id = fields.Many2one(
        "res.users",
        "Received by",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="A supervisor or above; empty: as the dealer has set for all VIP and fleet customers.",
    )
    farewell_id = fields.Many2one(
        "res.users",
        "Seen off by",
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Empty: whoever receives.",
    )
    host_place = fields.Char("Received at")

    @api.depends("partner_id.category_id", "vehicle_id.dcrc_owner_id.category_id")
    def _compute_is_guest(self):
        for appointment in self:
            appointment.is_guest = bool(appointment._get_guest_words())

    def _get_guest_words(self):
        """Name the tag for which the customer, or the owner of the car, is honoured (CUS-4); called as root."""
        names = {tag.id: tag.name for tag in (*self.partner_id.category_id, *self.vehicle_id.dcrc_owner_id.category_id)}
        find = self.env["ir.model.data"]._xmlid_to_res_id
        honoured = (find(tag, raise_if_not_found=False) for tag in (VIP, FLEET)) if names else ()
        return next((names[tag] for tag in honoured if tag in names), "")

    def _prepare_guest(self):
        """What board and sheet say of an honoured customer; False for all others (called as root)."""
        words = self._get_guest_words()
        if not words:
            return False
        company = self.company_id
        host = self.host_id or company.dcrc_host_id
        farewell = self.farewell_id or self.host_id or company.dcrc_farewell_id or host
        return {
            "label": words,
            "host": host.name or "",
            "farewell": farewell.name or "",
            "place": self.host_place or company.dcrc_host_place or "",
        }
