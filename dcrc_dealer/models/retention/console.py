from odoo import models
from odoo.fields import Domain
from odoo.tools import format_date

TOLD = ("at_risk", "lost", "gone")
REASONS_SHOWN = 2
CAR_VIEWS = (("lost_car_view_list", "list"), ("customer_car_view_form", "form"))


class Console(models.AbstractModel):
    """The call screen says which customers are about to go, and why (handbook RET-1)."""

    _inherit = "dcrc.console"

    def _get_overview_groups(self, domains):
        """Cars about to be lost are counted, and called each month (RET-4)."""
        groups = super()._get_overview_groups(domains)
        if not self.env.company._dcrc_has_room("retention"):
            return groups
        cars = self.env["fleet.vehicle"]._dcrc_lost_domains()
        label = self.env._("About to be lost")
        tile = ("at_risk", label, "fleet.vehicle", Domain(cars["at_risk"]), "mood")
        return [*groups, ("cars", self.env._("Cars"), [tile])]

    def _prepare_list_action(self, label, model, domain):
        action = super()._prepare_list_action(label, model, domain)
        if model != "fleet.vehicle":
            return action
        views = [[self.env.ref(f"dcrc_dealer.{name}").id, kind] for name, kind in CAR_VIEWS]
        return {**action, "views": views}

    def _get_car_notes(self, cars):
        notes = super()._get_car_notes(cars)
        told = cars.filtered(lambda car: car.dcrc_stage in TOLD and car.company_id._dcrc_has_room("retention"))
        names = self.env["dcrc.lifecycle.words"]._get_names(told)
        for car in told:
            notes[car].append({"text": self._note_stage(car, names), "late": True})
        return notes

    def _note_stage(self, car, names):
        """ "Lost since 08/03/2026: long past its service, refused" """
        stages = dict(car._fields["dcrc_stage"]._description_selection(self.env))
        text = self.env._(
            "%(stage)s since %(day)s", stage=stages[car.dcrc_stage], day=format_date(self.env, car.dcrc_stage_since)
        )
        found = sorted(car.dcrc_risk_data or [], key=lambda reason: -reason["points"])
        reasons = [names[reason["rule"]] for reason in found if reason["rule"] in names]
        if not reasons:
            return text
        reasons = ", ".join(reasons[:REASONS_SHOWN])
        return self.env._("%(text)s: %(reasons)s", text=text, reasons=reasons)
