from odoo import api, models

from ...tools.measure import Formula, Part, watch_moments

# what people change after the day of a call
LATER = ("answer_kind", "promised_on", "callback_result", "in_rings", "user_id", "department_id")
WATCHES = (watch_moments("dcrc_hotline", "date", others=LATER),)


def _calls(*conditions):
    return Part("dcrc.hotline", "date", list(conditions), user="user_id", department="department_id")


class Measure(models.Model):
    """Figures of the hotline: answered at once, within three rings, called back in time (HOT-1, HOT-3)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        return {
            **super()._measures(),
            "hotline_calls": Formula(_calls(), daily=True, watches=WATCHES, room="hotline"),
            "hotline_at_once": Formula(
                _calls(("answer_kind", "=", "at_once")),
                _calls("|", ("answer_kind", "!=", False), ("promised_on", "!=", False)),
                daily=True,
                watches=WATCHES,
                room="hotline",
            ),
            "hotline_in_time": Formula(
                _calls(("callback_result", "=", "in_time")),
                _calls(("callback_result", "!=", False)),
                daily=True,
                watches=WATCHES,
                room="hotline",
            ),
            "hotline_rings": Formula(
                _calls(("in_rings", "=", "yes")),
                _calls(("in_rings", "!=", False)),
                daily=True,
                watches=WATCHES,
                room="hotline",
            ),
        }
