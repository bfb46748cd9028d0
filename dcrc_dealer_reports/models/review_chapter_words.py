from odoo import models

from ..tools.chart import write
from ..tools.remark import change

SENTENCES = 3


class ReviewChapter(models.Model):
    """The first draft of a chapter's words: what is remarkable, and why it can be said."""

    _inherit = "dcrc.review.chapter"

    def _draft_words(self, data):
        """Return some sentences: sure changes first, the worse before the better; then the main problem."""
        if not data["figures"] and not data["problems"]:
            return self.env._("This room is not in use: nothing to report.")
        found = sorted(filter(None, map(self._find_change, data["figures"])), key=lambda rank: rank[:2])
        words = [sentence for _sure, _worse, sentence in found[:SENTENCES]]
        if not words:
            words.append(self._say_nothing(data["figures"]))
        if data["problems"]:
            name, count, _said = data["problems"][0]
            words.append(
                self.env._(
                    "Most frequent: %(problem)s (%(count)s of %(all)s).",
                    problem=name,
                    count=count,
                    all=data["all_problems"],
                )
            )
        return "\n".join(words)

    def _say_nothing(self, figures):
        if any(figure["value"] is not None for figure in figures):
            return self.env._("No remarkable change against last month.")
        return self.env._("Too few cases for a statement.")

    def _find_change(self, figure):
        """``(rank of certainty, rank of direction, sentence)`` of a figure that changed; None: it did not."""
        now, before, _year = figure["parts"]
        if figure["value"] is None or figure["before"] is None or now[0] is None or before[0] is None:
            return None
        if figure["unit"] in ("days", "points"):
            return None  # their spread is not known here
        moved = change(now, before)
        if not moved.direction:
            return None
        better = moved.direction == {"up": 1, "down": -1}.get(figure["direction"], 0)
        return (not moved.sure, better, self._say_change(figure, moved))

    def _say_change(self, figure, moved):
        unit = " %" if figure["unit"] == "percent" else ""
        parts = {"name": figure["name"], "old": write(figure["before"]) + unit, "new": write(figure["value"]) + unit}
        if moved.sure and moved.direction > 0:
            return self.env._("%(name)s rose from %(old)s to %(new)s.", **parts)
        if moved.sure:
            return self.env._("%(name)s fell from %(old)s to %(new)s.", **parts)
        if moved.direction > 0:
            return self.env._("%(name)s rose from %(old)s to %(new)s; too few cases to be sure.", **parts)
        return self.env._("%(name)s fell from %(old)s to %(new)s; too few cases to be sure.", **parts)
