from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

READERS = ("manager", "director", "auditor")


class Console(models.AbstractModel):
    """The first page of who leads: success against its target, what is late, complaints by age, who has what."""

    _inherit = "dcrc.console"

    @api.model
    @api.readonly
    def get_overview(self):
        """Return how the dealer's center stands now; as many queries for a million contacts as for ten.

        :return: ``{"success": {"rate" (None: too few cases), "target", "effective", "due", "missed", "action"},
            "groups": [{"key", "label", "tiles": as of `get_today`}],
            "urgent": [{"label", "who", "what", "due" (UTC), "late": bool, "res_model", "res_id"}] (first the latest),
            "people": [{"user_id", "name", "customers", "done", "due", "late", …, "action"}]}``
        :raise AccessError: for anybody but managers, general managers and headquarters.
        """
        if not any(self.env.user.has_group(f"dcrc_dealer.group_dcrc_{role}") for role in READERS):
            raise AccessError(self.env._("Only managers and the general manager see this page."))
        domains = self.env["dcrc.contact"]._queue_domains(team=True)
        groups = self._get_overview_groups(domains)
        tiles = self._count_tiles([tile for _key, _label, group in groups for tile in group])
        shown = {tile["key"]: tile for tile in tiles}
        return {
            "success": self._prepare_success(),
            "groups": [
                {"key": key, "label": label, "tiles": [shown[tile[0]] for tile in group]}
                for key, label, group in groups
            ],
            "urgent": self._prepare_urgent(),
            "people": self._prepare_people(),
        }

    def _prepare_urgent(self):
        """Matters that wait for somebody by name, the latest first (extension point)."""
        return []

    def _get_overview_groups(self, domains):
        """Groups of counts (extension point): ``[(key, label, [tile as of `_get_tiles`])]``; keys are unique."""
        lists = self.env["dcrc.followup"]._followup_domains()
        late = [
            ("late_contacts", self.env._("Calls overdue"), "dcrc.contact", domains["late"], "late"),
            ("missed", self.env._("Missed yesterday"), "dcrc.followup", lists["missed_yesterday"], "late"),
            ("exits", self.env._("Leave the base"), "dcrc.followup", lists["exit_pending"], "mood"),
        ]
        return [("late", self.env._("What is late"), late)]

    def _prepare_success(self):
        """The month's success so far, by the code of the Success screen (FUP-10)."""
        company = self.env.company
        today = company._dcrc_today()
        start = today.replace(day=1)
        measure = self.env["dcrc.measure"]._find(["success"])
        [figure] = measure._get_figures(company, start, today)
        missed = measure._get_rows_domain("denominator", company, start, today) & Domain("missed", "=", 1)
        action = self.env["ir.actions.act_window"]._for_xml_id("dcrc_dealer.success_report_action")
        days = [("company_id", "=", company.id), ("date", ">=", str(start)), ("date", "<=", str(today))]
        return {
            "rate": figure.value,
            "target": company.dcrc_success_target,
            "effective": figure.numerator,
            "due": figure.denominator,
            "missed": self.env["dcrc.success.report"].search_count(missed),
            "action": {**action, "domain": days, "context": {}},
        }

    def _prepare_people(self):
        """Who has what: the team's rows with the customers of each."""
        rows = self._prepare_team()
        users = self.env["res.users"].browse([row["user_id"] for row in rows if row["user_id"]])
        held = self.env["res.partner"]._dcrc_load(self.env.company, users)
        return [{**row, "customers": held.get(row["user_id"], 0)} for row in rows]
