from datetime import timedelta

from odoo import fields, models
from odoo.fields import Domain

PROBLEMS_SHOWN = 5
AGES = (1, 3, 7)  # days; open complaints are counted by these bounds of their age
URGENT_SHOWN = 8


class Console(models.AbstractModel):
    """Complaints and corrections on the Today screen (FUP-7: problems of the day)."""

    _inherit = "dcrc.console"

    def _get_tiles(self, domains):
        complaints = self.env["dcrc.complaint"]._domains()
        corrections = self.env["dcrc.correction"]._domains()
        problems = self._of_dealer(complaints["today"])
        opened = self._of_dealer(corrections["open"])
        to_confirm = self._of_dealer(corrections["to_confirm"])
        tiles = [
            *super()._get_tiles(domains),
            ("problems", self.env._("Problems today"), "dcrc.complaint", problems, "mood"),
            ("corrections", self.env._("Corrections"), "dcrc.correction", opened, "normal"),
            ("to_confirm", self.env._("To confirm"), "dcrc.correction", to_confirm, "normal"),
        ]
        if self.env.user.has_group("dcrc_dealer.group_dcrc_manager"):
            changes = self._of_dealer(self.env["dcrc.change.proposal"]._domains()["pending"])
            label = self.env._("Changes to Confirm")
            tiles.append(("changes", label, "dcrc.change.proposal", changes, "normal"))
        return tiles

    def _get_overview_groups(self, domains):
        """What a manager asks first in the morning stands first (CMP-2)."""
        return [self._get_morning_group(), *self._add_standing_rows(super()._get_overview_groups(domains))]

    def _get_morning_group(self):
        """Nobody called, whose callback is due, what is late: the named lists of complaints."""
        labels = {
            "uncalled": (self.env._("Nobody called in time"), "late"),
            "late": (self.env._("Beyond a limit"), "late"),
            "callback_today": (self.env._("Callbacks due today"), "normal"),
            "no_callback": (self.env._("Callback came to nothing"), "mood"),
            "to_judge": (self.env._("To judge"), "normal"),
            "to_approve": (self.env._("To approve"), "normal"),
        }
        tiles = [
            (f"complaints_{name}", label, "dcrc.complaint", self._of_dealer(Domain("listed", "in", [name])), level)
            for name, (label, level) in labels.items()
        ]
        return ("complaints_now", self.env._("Complaints now"), tiles)

    def _prepare_urgent(self):
        """The complaints whose limits end first: whose they are, and what is to be done."""
        clocks = self.env["dcrc.clock"].search(
            self._of_dealer(Domain("res_model", "=", "dcrc.complaint") & Domain("state", "=", "running")),
            order="due_on, id",
            limit=URGENT_SHOWN * 4,  # a complaint has several
        )
        first = {}
        for clock in clocks:
            first.setdefault(clock.res_id, clock)
        shown = dict(list(first.items())[:URGENT_SHOWN])
        return [
            self._prepare_urgent_row(complaint, shown[complaint.id])
            for complaint in self.env["dcrc.complaint"].browse(shown).exists()
        ]

    def _prepare_urgent_row(self, complaint, clock):
        names = [complaint.name, complaint.customer_name, self._get_problem_label(complaint)]
        return {
            "label": " · ".join(filter(None, names)),
            "who": complaint.turn_user_id.sudo().name or "",
            "what": complaint.turn,
            "due": fields.Datetime.to_string(clock.due_on),
            "late": clock.due_on < fields.Datetime.now(),
            "res_model": "dcrc.complaint",
            "res_id": complaint.id,
        }

    def _add_standing_rows(self, groups):
        opened = self._of_dealer(self.env["dcrc.complaint"]._domains()["open"])
        corrections = self._of_dealer(self.env["dcrc.correction"]._domains()["open"])
        beyond = Domain("clock_late", "=", True)
        late = [
            ("late_complaints", self.env._("Complaints beyond limit"), "dcrc.complaint", opened & beyond, "late"),
            (
                "late_corrections",
                self.env._("Corrections beyond limit"),
                "dcrc.correction",
                corrections & beyond,
                "late",
            ),
        ]
        ages = ("complaints", self.env._("Open complaints by age"), self._get_age_tiles(opened))
        return [(key, label, [*tiles, *late] if key == "late" else tiles) for key, label, tiles in groups] + [ages]

    def _get_age_tiles(self, opened):
        """Open complaints by days since they came in, counted from the dealer's midnights."""
        company = self.env.company
        today = company._dcrc_today()
        starts = [company._dcrc_day_bounds(today - timedelta(days=days - 1))[0] for days in AGES]
        newest, middle, oldest = starts
        date, model = "date", "dcrc.complaint"
        return [
            ("age_today", self.env._("Today"), model, opened & Domain(date, ">=", newest), "normal"),
            (
                "age_days",
                self.env._("%(first)s to %(last)s days", first=1, last=AGES[1] - 1),
                model,
                opened & Domain(date, "<", newest) & Domain(date, ">=", middle),
                "normal",
            ),
            (
                "age_week",
                self.env._("%(first)s to %(last)s days", first=AGES[1], last=AGES[2] - 1),
                model,
                opened & Domain(date, "<", middle) & Domain(date, ">=", oldest),
                "mood",
            ),
            (
                "age_old",
                self.env._("%(days)s days or more", days=AGES[2]),
                model,
                opened & Domain(date, "<", oldest),
                "late",
            ),
        ]

    def _get_my_day(self, domains):
        """Problems of the day stand below the times promised."""
        return [*super()._get_my_day(domains), *self._prepare_problems()]

    def _prepare_problems(self):
        complaints = self.env["dcrc.complaint"]
        today = complaints._domains()["today"] & complaints._domains()["open"]
        order = "severity desc, id desc"
        found = complaints.search(self._of_dealer(today), order=order, limit=PROBLEMS_SHOWN)
        return [
            {
                "time": fields.Datetime.to_string(complaint.date),
                "label": self._get_problem_label(complaint),
                "res_model": "dcrc.complaint",
                "res_id": complaint.id,
                "kind": "problem",
            }
            for complaint in found
        ]

    def _get_problem_label(self, complaint):
        words = (complaint.text or "").strip().splitlines()[:1]
        text = words[0][:40] if words else complaint.name
        department = complaint.department_id.sudo().name
        return f"{text} → {department}" if department else text

    def _of_dealer(self, domain):
        return Domain("company_id", "=", self.env.company.id) & domain
