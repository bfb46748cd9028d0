from dateutil.relativedelta import relativedelta

from odoo import api, models

from ...tools.measure import Formula, Part

ROOM = "retention"
LOST = ("lost", "gone")
SPAN, CHANGE, EFFECT, VISIT = (
    "dcrc.lifecycle.span",
    "dcrc.lifecycle.change",
    "dcrc.retention.effect",
    "dcrc.service.visit",
)


def _stands(*conditions, on="stop"):
    """Cars by the stage that they are in on a day."""
    return Part(SPAN, "date_from", list(conditions), kind="service", distinct="vehicle_id", until="date_to", on=on)


def _came_before(start, stop):
    """Visits of the first of two years."""
    return [("void", "=", False), ("date", "<", start + relativedelta(months=12))]


def _stayed_away(start, stop):
    """Visits of the first of two years, of cars without any in the second."""
    second = [("void", "=", False), ("date", ">=", start + relativedelta(months=12)), ("date", "<=", stop)]
    return [*_came_before(start, stop), ("vehicle_id", "any", [("dcrc_visit_ids", "not any", second)])]


def _visitors(domain):
    return Part(VISIT, "date", domain, kind="service", distinct="vehicle_id")


def _effect(*conditions):
    return Part(EFFECT, "opened_on", list(conditions), user="user_id", kind="service")


class Measure(models.Model):
    """Figures of loss and win-back (RET-1 … RET-4); houses count loss in three ways, so each has its name."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        lost, kept = ("stage", "in", LOST), ("stage", "not in", LOST)
        entered = [lost, "|", ("old_stage", "=", False), ("old_stage", "not in", LOST)]
        return {
            **super()._measures(),
            "loss_stock": Formula(_stands(lost), _stands(), room=ROOM),
            "loss_flow": Formula(
                Part(CHANGE, "date", entered, kind="service", distinct="vehicle_id"),
                _stands(kept, on="start"),
                room=ROOM,
            ),
            "loss_visits": Formula(_visitors(_stayed_away), _visitors(_came_before), months=24, room=ROOM),
            "win_back": Formula(
                _effect(("judged", "=", 1), ("came_rate", ">", 0)),
                _effect(("judged", "=", 1)),
                _effect(("judged", "=", 0)),
                room=ROOM,
            ),
        }
