from odoo import api, models

from ...tools.measure import Formula, Part

LOOKED_BACK = 24  # months: a house without a list for so long has no age of its data


class Measure(models.Model):
    """How old the dealer's data are: days since the day of the newest list (CUS-10)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        return {
            **super()._measures(),
            **{
                f"data_age_{kind}": Formula(
                    Part("dcrc.dms.import", "list_date", [("state", "=", "done"), ("kind", "=", kind)], kind=kind),
                    months=LOOKED_BACK,
                    aggregate="age",
                )
                for kind in ("sales", "service")
            },
        }
