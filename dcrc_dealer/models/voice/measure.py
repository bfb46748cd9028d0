from odoo import api, models
from odoo.fields import Domain

from ...tools.measure import Formula, Part, watch_moments

COMPLAINT, CORRECTION, REPORT = "dcrc.complaint", "dcrc.correction", "dcrc.complaint.report"
COMPLAINT_WATCHES = (watch_moments("dcrc_complaint", "date", others=("state", "department_id", "handler_id")),)
CORRECTION_WATCHES = (watch_moments("dcrc_correction", "date", others=("closed_on", "department_id", "user_id")),)


def _complaints(*conditions):
    """Complaints of the report on their handling, by the day on which they were received (CMP-4)."""
    return Part(REPORT, "date", list(conditions), user="handler_id", department="department_id")


def _corrections(*conditions):
    """Corrections by the day on which they were received (COR-2)."""
    return Part(CORRECTION, "date", list(conditions), user="user_id", department="department_id")


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
            "complaints_handled": Formula(
                _complaints(("closed", "=", 1)), _complaints(), daily=True, watches=COMPLAINT_WATCHES
            ),
            "complaints_in_time": _in_time(COMPLAINT),
            "corrections_cleared": Formula(
                _corrections(("closed_on", "!=", False)), _corrections(), daily=True, watches=CORRECTION_WATCHES
            ),
            "corrections_in_time": _in_time(CORRECTION),
        }
