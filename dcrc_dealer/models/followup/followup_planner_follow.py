from odoo import api, models
from odoo.tools import SQL

from .followup import ACTIVE_STATES
from .followup_rule_candidates import MARGIN

# ends that a paper's correction may undo
OF_PAPER = ("paper_void", "paper_open", "owner_changed")


class FollowupPlanner(models.AbstractModel):
    """Follow-ups follow their paper: its day, car and person, and whether it counts (FUP-12)."""

    _inherit = "dcrc.followup.planner"

    def _step_follow(self, company, until=None):
        """Look at the papers written since the last planning."""
        since = company.dcrc_planned_at
        return {"followed": self._follow(company, SQL("p.write_date >= %s", since - MARGIN)) if since else 0}

    @api.model
    def _follow_papers(self, papers):
        """Take over at once what changed on these deliveries or visits."""
        self.env.flush_all()
        for company, group in papers.sudo().grouped("company_id").items():
            self.sudo()._follow(company, SQL("p.id = ANY(%s)", group.ids), (papers._name,))
        self.env.invalidate_all()

    def _follow(self, company, which, models_=("dcrc.delivery", "dcrc.service.visit")):
        """Bring the follow-ups of papers into line; return how many changed.

        :param which: SQL on the alias p, a paper.
        """
        self.env.flush_all()
        rows = [
            row
            for name in models_
            for row in self.env.execute_query_dict(self._query_follow_papers(company, which, name))
        ]
        followups = self.env["dcrc.followup"].sudo().browse([row["id"] for row in rows])
        self._forget()
        for followup, row in zip(followups, rows, strict=True):
            if not followup.contact_id or not followup.contact_id._get_holder():
                self._follow_one(followup, row)
        self.env.flush_all()
        return len(rows)

    def _query_follow_papers(self, company, which, model):
        """Follow-ups whose paper says something else than they do.

        The person of a delivery is its buyer. A visit is asked of the car's customer; who came to own
        the car only after the visit is not asked about it.
        """
        is_delivery = model == "dcrc.delivery"
        since_then = SQL(
            """EXISTS (SELECT 1 FROM dcrc_vehicle_owner o WHERE o.vehicle_id = p.vehicle_id AND o.role = 'owner'
                          AND o.date_to IS NULL AND o.partner_id = v.dcrc_contact_id
                          AND COALESCE(o.date_from, p.date) <= p.date)"""
        )
        person = (
            SQL("p.partner_id")
            if is_delivery
            else SQL(
                """CASE WHEN p.vehicle_id = f.vehicle_id AND (f.partner_chosen OR NOT %s)
                        THEN COALESCE(f.partner_id, v.dcrc_contact_id)
                        ELSE COALESCE(v.dcrc_contact_id, p.partner_id) END""",
                since_then,
            )
        )
        return SQL(
            """SELECT * FROM (
                   SELECT f.id, p.void IS TRUE AS void, p.date AS day, p.vehicle_id, %(person)s AS partner_id,
                          p.void_cause, p.void_by, p.void_confirmed_by, q.code, f.state, f.base_state,
                          f.anchor_date, f.vehicle_id AS old_vehicle, f.partner_id AS old_partner
                     FROM %(table)s p
                     JOIN fleet_vehicle v ON v.id = p.vehicle_id
                     JOIN dcrc_followup f ON f.source_id = p.id AND f.source_model = %(model)s
                      AND f.rule_id = ANY(%(rules)s) AND f.occurrence = ''
                     LEFT JOIN dcrc_reason q ON q.id = f.cancel_reason_id
                    WHERE p.company_id = %(company)s AND %(which)s) n
                WHERE (n.void AND (n.state IN %(active)s OR n.code IS DISTINCT FROM 'paper_void'))
                   OR (NOT n.void AND n.code = 'paper_void')
                   OR (NOT n.void AND n.day IS NULL AND n.state IN %(active)s)
                   OR (NOT n.void AND n.day IS NOT NULL
                       AND (n.code = 'paper_open' OR n.day != n.anchor_date OR n.vehicle_id != n.old_vehicle
                            OR n.partner_id IS DISTINCT FROM n.old_partner))""",
            person=person,
            table=SQL.identifier(self.env[model]._table),
            model=model,
            rules=self._get_paper_rules(company, model).ids,
            company=company.id,
            which=which,
            active=ACTIVE_STATES,
        )

    def _get_paper_rules(self, company, model):
        rules = self.env["dcrc.followup.rule"].sudo().with_context(active_test=False)
        return rules.search([("company_id", "=", company.id)]).filtered(lambda rule: rule.source_model == model)

    def _follow_one(self, followup, row):
        if row["void"]:
            self._leave_base(followup, row)
        elif row["day"] is None:
            followup.with_context(dcrc_source="dms")._cancel("paper_open")
        else:
            self._follow_paper(followup, row)

    def _leave_base(self, followup, row):
        """Its paper is void: an open call ends, and what was said counts no more."""
        context = {"dcrc_source": "dms"}
        if row["void_cause"] == "hand":
            context = {"dcrc_exit_people": (row["void_by"], row["void_confirmed_by"])}
        followup = followup.with_context(**context)
        if followup.state in ACTIVE_STATES:
            followup._cancel("paper_void")
        else:
            followup.write(followup._prepare_exit("paper_void"))

    def _follow_paper(self, followup, row):
        """Its paper counts: take over day, car and person."""
        asked = followup.state in ("done", "failed") or bool(followup.call_ids)
        changed_person = row["partner_id"] != row["old_partner"]
        if asked and changed_person:
            self._ask_somebody_else(followup)
            return
        values = self._prepare_dates(followup.rule_id, row["day"], row["vehicle_id"])
        values.update(vehicle_id=row["vehicle_id"], partner_id=row["partner_id"])
        contact = followup.contact_id
        today = followup.company_id._dcrc_today()
        if changed_person or (followup.state == "open" and values["date_start"] > today):
            values.update(contact_id=False)
            if followup.state == "open":
                values.update(state="planned")
        if changed_person and followup.state == "blocked":
            values.update(state="planned", block_reason=False, base_state="in")
        followup.write(values)
        followup.rule_id._hurry(followup)
        if contact and not followup.contact_id:
            contact._close_if_empty()
        again = followup.state == "missed" and not asked and followup.date_expiry >= today
        if again or followup.cancel_reason_id.code in OF_PAPER:
            followup._take_back(("cancelled", "missed") if again else ("cancelled",))
        else:
            self._refresh(followup.partner_id)

    def _ask_somebody_else(self, followup):
        """The paper names somebody who was never asked; what the wrong one said leaves the base (FUP-1)."""
        followup = followup.with_context(dcrc_source="dms")
        if followup.state in ACTIVE_STATES:
            followup._cancel("person_changed")
        else:
            followup.write(followup._prepare_exit("person_changed"))
        followup._make_room()

    def _prepare_dates(self, rule, day, vehicle_id=False):
        start, due, expiry = rule._get_dates(day, self.env["fleet.vehicle"].browse(vehicle_id))
        return {"anchor_date": day, "date_start": start, "date_due": due, "date_expiry": expiry}
