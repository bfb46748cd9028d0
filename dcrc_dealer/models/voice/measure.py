from odoo import api, models
from odoo.fields import Domain

from ...tools.measure import Formula, Part, watch_moments

COMPLAINT, CORRECTION = "dcrc.complaint", "dcrc.correction"
OTHERS = ("closed_on", "department_id", "user_id")


def _matters(model, *conditions):
    return Part(model, "date", list(conditions), user="user_id", department="department_id")


def _closed(model):
    """Matters that were closed, of those received in the period (CMP-4, COR-2)."""
    watches = (watch_moments(model.replace(".", "_"), "date", others=OTHERS),)
    return Formula(_matters(model, ("closed_on", "!=", False)), _matters(model), daily=True, watches=watches)


def _in_time(model):
    """Time limits that were kept, of those that were met or ran out in the period (CMP-2).

    A limit runs out as time goes by: it is counted when asked.
    """
    mine, late = Domain("res_model", "=", model), Domain("is_late", "=", True)
    met = Domain("state", "=", "met")
    return Formula(
        Part("dcrc.clock", "due_on", list(mine & met & ~late)), Part("dcrc.clock", "due_on", list(mine & (met | late)))
    )


class Measure(models.Model):
    """Figures of complaints and corrections (CMP-2, CMP-4, COR-2)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        return {
            **super()._measures(),
            "complaints_handled": _closed(COMPLAINT),
            "complaints_in_time": _in_time(COMPLAINT),
            "corrections_cleared": _closed(CORRECTION),
            "corrections_in_time": _in_time(CORRECTION),
        }
