from babel.dates import format_skeleton

from odoo import api, models
from odoo.tools.misc import babel_locale_parse, get_lang


class Appointment(models.Model):
    """How an appointment is called: its name on a board, its time in words."""

    _inherit = "dcrc.appointment"

    @api.depends("name", "start", "partner_id", "plate")
    @api.depends_context("dcrc_without_time", "lang")
    def _compute_display_name(self):
        """Car, customer and time; the calendar shows the time itself (`dcrc_without_time`)."""
        with_time = not self.env.context.get("dcrc_without_time")
        for appointment in self:
            safe = appointment.sudo()
            time = with_time and safe.start and safe._format_moment(safe.start)
            parts = [safe.plate, safe.partner_id.name, time]
            appointment.display_name = " · ".join(filter(None, parts)) or safe.name

    def _get_agreed_words(self):
        """ "Wed, Oct 14 10:00 · Periodic service": what was agreed, in a line."""
        self.ensure_one()
        safe = self.sudo()
        return " · ".join(filter(None, [safe._format_moment(safe.start), safe.kind_id.name, safe.adviser_id.name]))

    def _format_moment(self, moment):
        """A UTC moment on the dealer's clock, in words: "Wed, Oct 14 10:00"."""
        local = (self.company_id or self.env.company)._dcrc_to_local(moment)
        return f"{self._format_day(local.date())} {local:%H:%M}"

    def _format_day(self, day):
        """A day without its year, with the day of the week, as the user's language writes it."""
        return self._format_date("MMMEd", day)

    def _format_date(self, skeleton, day):
        return format_skeleton(skeleton, day, locale=babel_locale_parse(get_lang(self.env).code))
