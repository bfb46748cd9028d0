from odoo import models
from odoo.fields import Domain


class Console(models.AbstractModel):
    """Managers see how many cars are near a limit of the statutory warranty; the call screen says which."""

    _inherit = "dcrc.console"

    def _get_overview_groups(self, domains):
        groups = super()._get_overview_groups(domains)
        company = self.env.company
        if not company._dcrc_has_room("warranty"):
            return groups
        named = self.env["dcrc.warranty.case"]._domains()
        mine = Domain("company_id", "=", company.id)
        model = "dcrc.warranty.case"
        tiles = [
            ("warranty_open", self.env._("Near the limit"), model, mine & named["open"], "mood"),
            ("warranty_reached", self.env._("Limit reached"), model, mine & named["reached"], "late"),
        ]
        return [*groups, ("warranty", self.env._("Statutory Warranty (三包)"), tiles)]

    def _get_car_notes(self, cars):
        notes = super()._get_car_notes(cars)
        for car in cars.filtered("dcrc_warranty_alert"):
            notes[car] += [{"text": words, "late": True} for words in car._dcrc_get_warranty_words()]
        return notes
