from odoo import models
from odoo.tools import format_date

# what stands side by side when two files are compared
FACTS = ("phones", "cars", "facts")


class ResPartner(models.Model):
    """A customer's file in a few lines, to be held against another's."""

    _inherit = "res.partner"

    def _dcrc_tell_file(self):
        """``{customer: {"phones", "cars", "facts"}}`` in words, numbers masked; in a fixed number of queries."""
        visits = self.env["dcrc.service.visit"]._read_group(
            [("vehicle_id.dcrc_contact_id", "in", self.ids), ("void", "=", False)],
            ["vehicle_id"],
            ["__count", "date_in:max"],
        )
        count, last = {}, {}
        for car, number, day in visits:
            owner = car.dcrc_contact_id
            count[owner] = count.get(owner, 0) + number
            last[owner] = max(filter(None, (last.get(owner), day)), default=None)
        return {
            partner: {
                "phones": "、".join(filter(None, partner.dcrc_phone_ids.mapped("number_masked"))),
                "cars": "、".join(self._dcrc_tell_car(car) for car in partner.dcrc_vehicle_ids),
                "facts": "\n".join(partner._dcrc_tell_person(count.get(partner, 0), last.get(partner))),
            }
            for partner in self
        }

    def _dcrc_tell_car(self, car):
        """Plate, model and the end of the VIN."""
        vin = f"…{car.vin_sn[-6:]}" if car.vin_sn else ""
        return " ".join(filter(None, (car.license_plate, car.model_id.name, vin)))

    def _dcrc_tell_person(self, visits, last):
        """Lines about a file: birthday, address, e-mail, visits, specialist, since when."""
        company, env = self.company_id, self.env
        lines = [
            (env._("Birthday"), self.dcrc_birth_date and format_date(env, self.dcrc_birth_date)),
            (env._("Address"), self.street),
            (env._("E-mail"), self.email),
            (env._("Visits"), visits or ""),
            (env._("Last visit"), last and format_date(env, company._dcrc_to_local(last).date())),
            (env._("Specialist"), self.dcrc_specialist_id.name),
            (
                env._("File since"),
                self.create_date and format_date(env, company._dcrc_to_local(self.create_date).date()),
            ),
        ]
        return [env._("%(what)s: %(value)s", what=what, value=value) for what, value in lines if value]
