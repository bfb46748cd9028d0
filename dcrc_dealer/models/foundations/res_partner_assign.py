from odoo import api, fields, models

from ...tools.assignment import share
from .res_partner import GRADES


class ResPartner(models.Model):
    """Classification of customers and their assignment to specialists (CUS-4, CUS-5)."""

    _inherit = "res.partner"

    dcrc_grade = fields.Selection(GRADES, "Grade", tracking=True)
    dcrc_grade_proposed = fields.Selection(
        GRADES, "Proposed grade", compute="_compute_dcrc_visits", help="A rule proposes, you decide."
    )
    dcrc_visit_count_12m = fields.Integer("Visits in 12 months", compute="_compute_dcrc_visits")
    dcrc_loyal = fields.Boolean("Loyal", compute="_compute_dcrc_visits", search="_search_dcrc_loyal")
    dcrc_specialist_id = fields.Many2one(
        "res.users", "Specialist", index="btree_not_null", domain="[('share', '=', False)]"
    )
    dcrc_assigned_on = fields.Date("Assigned on", readonly=True)

    _dcrc_assigned_idx = models.Index("(company_id, dcrc_assigned_on) WHERE dcrc_customer")

    def _compute_dcrc_visits(self):
        since = fields.Date.add(self.env.company._dcrc_today(), years=-1)
        groups = self.env["dcrc.service.visit"]._read_group(
            [("vehicle_id.dcrc_contact_id", "in", self.ids), ("date_in", ">=", since), ("void", "=", False)],
            ["vehicle_id"],
            ["__count"],
        )
        counts = dict.fromkeys(self.ids, 0)
        for car, count in groups:
            counts[car.dcrc_contact_id.id] = counts.get(car.dcrc_contact_id.id, 0) + count
        for partner in self:
            company = partner.company_id or self.env.company
            count = counts.get(partner._origin.id, 0)
            partner.dcrc_visit_count_12m = count
            partner.dcrc_loyal = count >= company.dcrc_loyal_visits
            partner.dcrc_grade_proposed = (
                "a" if count >= company.dcrc_grade_a_visits else "b" if count >= company.dcrc_grade_b_visits else "c"
            )

    def _search_dcrc_loyal(self, operator, value):
        if operator != "in":
            return NotImplemented
        company = self.env.company
        since = fields.Date.add(company._dcrc_today(), years=-1)
        groups = self.env["dcrc.service.visit"]._read_group(
            [("date_in", ">=", since), ("company_id", "=", company.id), ("void", "=", False)],
            ["vehicle_id.dcrc_contact_id"],
            having=[("__count", ">=", company.dcrc_loyal_visits)],
        )
        return [("id", "in", [partner.id for (partner,) in groups])]

    def action_dcrc_accept_grade(self):
        """Take over the proposed grade (also in bulk)."""
        for partner in self:
            partner.dcrc_grade = partner.dcrc_grade_proposed

    def _dcrc_assign(self, users=None):
        """Share customers among specialists by load and weight (CUS-5); return {user: count}."""
        done = {}
        for company, customers in self.grouped("company_id").items():
            team = users or company._dcrc_specialists()
            held = self._dcrc_load(company, team)
            people = {user.id: (held.get(user.id, 0), user.dcrc_weight) for user in team}
            shares = share(customers.ids, people)
            for user in team:
                mine = self.browse([cid for cid, uid in shares.items() if uid == user.id])
                mine.write({"dcrc_specialist_id": user.id})
                done[user] = done.get(user, 0) + len(mine)
        return done

    @api.model
    def _dcrc_load(self, company, users):
        groups = self._read_group(
            [("dcrc_specialist_id", "in", users.ids), ("company_id", "=", company.id)],
            ["dcrc_specialist_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}
