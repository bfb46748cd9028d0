from odoo import api, models

from ...tools.measure import Formula, Part, watch_moments

WATCHES = (watch_moments("dcrc_correction", "date", others=("state", "department_id", "user_id")),)


def _corrections(*conditions):
    return Part("dcrc.correction", "date", list(conditions), user="user_id", department="department_id")


class Measure(models.Model):
    """Figures of corrections (COR-2)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        return {
            **super()._measures(),
            "corrections_cleared": Formula(
                _corrections(("state", "in", ("verified", "closed_unresolved"))),
                _corrections(),
                daily=True,
                watches=WATCHES,
            ),
        }
