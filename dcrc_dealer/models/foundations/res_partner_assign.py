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
        "res.users", "Specialist", index="btree_not_null", domain="[('dcrc_role', 'in', ('user', 'manager'))]"
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

    def _dcrc_unassigned(self):
        """Those of these customers who have no specialist, or one who is none any more."""
        found = self.browse()
        for company, customers in self.grouped("company_id").items():
            callers = company._dcrc_specialists()
            found |= customers.filtered(lambda customer, callers=callers: customer.dcrc_specialist_id not in callers)
        return found

    def _dcrc_share(self, users=None):
        """Work out who would get which of these customers, by load and share (CUS-5).

        :param users: among whom (default: the dealer's team); those absent or without a share get nobody.
        :return: ``{user: customers}``, with every one of `users`
        """
        given = {}
        for company, customers in self.grouped("company_id").items():
            team = users if users is not None else company._dcrc_team()
            held = self._dcrc_load(company, team)
            for user in customers.dcrc_specialist_id & team:  # they are shared out anew
                held[user.id] -= len(customers.filtered(lambda c, user=user: c.dcrc_specialist_id == user))
            here = team._dcrc_present(company._dcrc_today())
            shares = share(customers.ids, {user.id: (held.get(user.id, 0), user.dcrc_weight) for user in here})
            for user in team:
                mine = self.browse([cid for cid, uid in shares.items() if uid == user.id])
                given[user] = given.get(user, self.browse()) | mine
        return given

    def _dcrc_assign(self, users=None):
        """Share customers among specialists (see `_dcrc_share`); return ``{user: count}``."""
        given = self._dcrc_share(users)
        for user, mine in given.items():
            mine.write({"dcrc_specialist_id": user.id})
        return {user: len(mine) for user, mine in given.items()}

    @api.model
    def _dcrc_load(self, company, users):
        groups = self._read_group(
            [("dcrc_specialist_id", "in", users.ids), ("company_id", "=", company.id)],
            ["dcrc_specialist_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}
