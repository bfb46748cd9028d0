from odoo import api, fields, models

from ...tools.schedule import next_window, slot_at


class Contact(models.Model):
    """When customers may be called, and when a message may reach them (FUP-4)."""

    _inherit = "dcrc.contact"

    @api.model
    def _slot_now(self, company):
        """The calling hours (`tools.schedule.Slot`) that it is now, or None in rest hours."""
        local, slots = company._dcrc_to_local(fields.Datetime.now()), self.env["dcrc.call.slot"]
        return slot_at(local, slots._get_slots(company), slots._get_limits(company))

    @api.model
    def _is_awake(self, company):
        """Whether a message may reach customers now: calling hours of any day, for nobody has to be at work."""
        local = company._dcrc_to_local(fields.Datetime.now())
        return slot_at(local, self.env["dcrc.call.slot"]._get_slots(company)) is not None

    @api.model
    def _next_window(self, company, open_days=True):
        """The next moment (UTC) in calling hours, or None when the dealer has none.

        :param open_days: False: of any day, for messages.
        """
        local, slots = company._dcrc_to_local(fields.Datetime.now()), self.env["dcrc.call.slot"]
        moment = next_window(local, slots._get_slots(company), slots._get_limits(company) if open_days else None)
        return moment and company._dcrc_to_utc(moment)
