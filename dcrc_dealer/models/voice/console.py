from odoo import fields, models
from odoo.fields import Domain

PROBLEMS_SHOWN = 5


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

    def _get_my_day(self, domains):
        """Problems of the day stand below the times promised."""
        return [*super()._get_my_day(domains), *self._prepare_problems()]

    def _prepare_problems(self):
        complaints = self.env["dcrc.complaint"]
        today = complaints._domains()["today"] & Domain("state", "=", "open")
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
