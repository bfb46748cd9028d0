from odoo import models


class ServiceVisit(models.Model):
    """The planner finds visits that came or changed since its last run; calls follow them (FUP-12)."""

    _inherit = "dcrc.service.visit"

    _followup_written_idx = models.Index("(company_id, write_date)")

    def write(self, vals):
        left = self.vehicle_id if "vehicle_id" in vals else self.vehicle_id.browse()
        result = super().write(vals)
        (left - self.vehicle_id)._dcrc_not_back_after_all()
        # lists have their calls planned once they are in
        if not {"date_out", "vehicle_id", "partner_id"}.isdisjoint(vals) and self._dcrc_told("dcrc_source") != "dms":
            self.env["dcrc.followup.planner"]._follow_papers(self)
        return result

    def _void_changed(self):
        # the calls of a void paper end for that reason, before its car finds another owner
        void = self.filtered("void")
        self.env["dcrc.followup.planner"]._follow_papers(void)
        result = super()._void_changed()
        void.vehicle_id._dcrc_not_back_after_all()
        self.env["dcrc.followup.planner"]._follow_papers(self - void)
        return result
