from odoo import models
from odoo.tools import format_date


class Console(models.AbstractModel):
    """The call screen knows when each car is due."""

    _inherit = "dcrc.console"

    def _get_car_notes(self, cars):
        notes = super()._get_car_notes(cars)
        for car in cars:
            notes[car] += filter(None, (self._note_service(car), self._note_inspection(car)))
        return notes

    def _note_service(self, car):
        """ "20,000 km service: Nov 20 to Dec 15, or 20,000 km"; late once its days are over."""
        due = car.dcrc_next_service_date
        if not due:
            return None
        what = car.sudo().dcrc_next_step_id.display_name or self.env._("Next service")
        text = self.env._("%(what)s: %(band)s", what=what, band=car.dcrc_next_service_band)
        if car.dcrc_next_service_km:
            text += self.env._(", or %(km)s km", km=f"{car.dcrc_next_service_km:,}")
        over = car.dcrc_next_service_high or due
        return {"text": text, "late": over < car.company_id._dcrc_today()}

    def _note_inspection(self, car):
        """Annual inspection, from the day on which it can be done."""
        due, today = car.dcrc_inspection_due, car.company_id._dcrc_today()
        if not due or (car.dcrc_inspection_from or due) > today:
            return None
        return {"text": self.env._("Annual inspection by %(day)s", day=format_date(self.env, due)), "late": due < today}
