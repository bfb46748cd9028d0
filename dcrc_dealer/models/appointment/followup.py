from odoo import models


class Followup(models.Model):
    """What a call about an appointment is about, and what comes of it."""

    _inherit = "dcrc.followup"

    def _get_appointment(self):
        """The appointment that this follow-up is about (empty for all others)."""
        self.ensure_one()
        model = self.env["dcrc.appointment"]
        if self.source_model != model._name:
            return model
        return model.sudo().browse(self.source_id).exists()

    def _get_open_offer(self):
        """The waiting customer's appointment whose kept place this call is about (empty when there is none)."""
        appointment = self._get_appointment()
        offered = self.rule_id.trigger == "appointment_offer" and appointment.offer_open
        return appointment.sudo(False) if offered else appointment.browse()

    def _finish_by_call(self, call, effective):
        """What was said on the phone counts (APT-3).

        Who was reached before the day has confirmed, unless another time was agreed; who was
        reached about an offered place and did not take it leaves it to the next who waits.
        """
        result = super()._finish_by_call(call, effective)
        for followup in self.filtered(lambda f: effective.get(f.id)):
            appointment = followup._get_appointment()
            trigger = followup.rule_id.trigger
            if trigger == "appointment_confirm" and appointment.state == "booked":
                appointment.action_confirm()
            elif trigger == "appointment_offer":
                appointment._end_offers()
        return result

    def _get_source_label(self):
        appointment = self._get_appointment()
        if not appointment:
            return super()._get_source_label()
        moment = appointment.offered_start if appointment.state == "draft" else appointment.start
        return self.env._(
            "%(work)s, %(time)s",
            work=appointment.kind_id.name,
            time=appointment._format_moment(moment) if moment else "",
        )

    def _get_placeholders(self):
        values = super()._get_placeholders()
        appointment = self._get_appointment()
        if appointment:
            moment = appointment.offered_start if appointment.state == "draft" else appointment.start
            values["date"] = appointment._format_moment(moment) if moment else values["date"]
            values["item"] = appointment.kind_id.name
            values["papers"] = appointment.kind_id.papers
            until = appointment.state == "draft" and appointment.offered_until
            values["until"] = until and appointment._format_moment(until)
        return values

    def _get_department_kind(self):
        return "service" if self.source_model == "dcrc.appointment" else super()._get_department_kind()
