from odoo import models

from ...tools.repair_days import count_days


class FleetVehicle(models.Model):
    """Warnings of the statutory warranty: cases opened, moved and ended as the figures say."""

    _inherit = "fleet.vehicle"

    def _dcrc_warn(self, limits):
        """Hold the car's repairs against the limits (called as root)."""
        counted = self.dcrc_repair_ids.filtered("counts")
        found = {}
        for kind, *subject, figure, confirmed in self._dcrc_get_figures(counted):
            limit = limits.get(kind)
            if limit and figure >= limit.warn:
                found[(kind, *subject)] = {
                    "figure": figure,
                    "confirmed": confirmed,
                    "limit_id": limit.id,
                    "level": "2" if limit._is_reached(figure) else "1",
                }
        for case in self.dcrc_warranty_case_ids:
            vals = found.pop((case.kind, case.fault_id.id, case.visit_id.id, case.part or ""), None)
            self._dcrc_update_case(case, vals)
        for subject, vals in found.items():
            self._dcrc_open_case(subject, vals)

    def _dcrc_get_figures(self, repairs):
        """Yield (kind, fault id, order id, part, figure, how many of it are confirmed)."""
        today = self.company_id._dcrc_today()
        for fault, mine in repairs.filtered("fault_id").grouped("fault_id").items():
            sure = mine.filtered(lambda repair: repair.fault_state != "proposed")
            yield "fault", fault.id, False, "", len(mine), len(sure)
        days = count_days([(repair.day_in, repair.day_out or max(today, repair.day_in)) for repair in repairs])
        yield "days", False, False, "", days, days
        for repair in repairs.filtered(lambda r: not r.day_out):
            yield "stay", False, repair.visit_id.id, "", repair.days, repair.days
        replaced = repairs.filtered(lambda r: r.part and r.part_state != "refused")
        for part, mine in replaced.grouped("part").items():
            sure = mine.filtered(lambda repair: repair.part_state == "confirmed")
            yield "part", False, False, part, len(mine), len(sure)

    def _dcrc_update_case(self, case, vals):
        """A figure that fell ends the case, unless the customer claims; at its limit it is taken up again."""
        if vals is None:
            if case.state == "open" and not case.claimed_on:
                case._move("gone")
            return
        worse = case.state != "open" and (case.state == "gone" or vals["level"] > case.level)
        step = {"state": "open", "closed_on": False, "closed_by": False} if worse else {}
        if worse or vals["level"] > case.level:
            step.update(seen_on=False, seen_by=False)  # whoever knew of less hears of it anew
        changed = {
            name: value
            for name, value in vals.items()
            if case._fields[name].convert_to_write(case[name], case) != value
        }
        if changed or step:
            case.write({**changed, **step})

    def _dcrc_open_case(self, subject, vals):
        kind, fault_id, visit_id, part = subject
        if not self.dcrc_contact_id:
            return  # nobody's car: nobody to warn of
        cases = self.env["dcrc.warranty.case"]
        department = self.env["dcrc.department"]._get_for("service", self.company_id)
        cases.create(
            {
                **vals,
                "name": cases._next_number(self.company_id),
                "company_id": self.company_id.id,
                "vehicle_id": self.id,
                "partner_id": self.dcrc_contact_id.id,
                "kind": kind,
                "fault_id": fault_id,
                "visit_id": visit_id,
                "part": part or False,
                "department_id": department.id,
                "user_id": department.responsible_id.id,
            }
        )

    def _dcrc_get_warranty_words(self):
        """Open warnings in words, for the customer's page and the call screen."""
        kinds = dict(self.env["dcrc.warranty.case"]._fields["kind"]._description_selection(self.env))
        cases = self.dcrc_warranty_case_ids.filtered(lambda case: case.state == "open")
        return [
            self.env._("Statutory warranty: %(what)s %(figure)s", what=kinds[case.kind], figure=case.limit_words)
            for case in cases
        ]
