from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...tools.lifecycle import judge
from ..foundations.gate import Question
from ..foundations.rows import given

BATCH = 500
PASSING = ("frequency", "appointment")  # says nothing about the customer's loyalty
COLUMNS = (
    "dcrc_stage",
    "dcrc_risk",
    "dcrc_risk_data",
    "dcrc_alarm",
    "dcrc_region",
    "dcrc_warranty_state",
    "dcrc_value",
    "dcrc_lifecycle_on",
)


class FleetVehicle(models.Model):
    """Judging cars by the life-cycle rules, some hundred at a time, in a fixed number of queries."""

    _inherit = "fleet.vehicle"

    @api.model
    def _cron_dcrc_lifecycle(self):
        """Judge the cars that changed, and those whose day has come; goes on where it stopped."""
        self._dcrc_work_off(self._dcrc_judge_domain(), "_dcrc_judge")

    @api.model
    def _dcrc_judge_domain(self):
        dealers = self.env["res.company"]._dcrc_dealers_with("retention")
        days = [
            Domain("company_id", "=", company.id) & Domain("dcrc_lifecycle_on", "<=", company._dcrc_today())
            for company in dealers
        ]
        dirty = Domain("dcrc_lifecycle_dirty", "=", True) & Domain("company_id", "in", dealers.ids)
        return list(Domain("dcrc_kind", "=", "customer") & Domain.OR([dirty, *days]))

    def _dcrc_judge(self):
        """Work out stage, risk and alarm of these cars; note changes of stage."""
        self.env.flush_all()
        for company, group in self.grouped("company_id").items():
            for ids in split_every(BATCH, group.ids):
                self._dcrc_judge_batch(company, list(ids))
        self.env.invalidate_all(flush=False)

    def _dcrc_judge_batch(self, company, ids):
        today = company._dcrc_today()
        rules = self.env["dcrc.lifecycle.rule"]._get_rules(company)
        plates = tuple(company._dcrc_get_local_plates())
        rows = []
        for facts in self._dcrc_get_life(company, ids, today):
            verdict = judge(rules, facts, today)
            plate, warranty = facts["license_plate"], facts["warranty_end"]
            rows.append(
                {
                    "id": facts["id"],
                    "dcrc_stage": verdict.stage,
                    "dcrc_risk": verdict.score,
                    "dcrc_risk_data": verdict.reasons,
                    "dcrc_alarm": verdict.alarm,
                    "dcrc_region": plate and plates and ("local" if plate.startswith(plates) else "other"),
                    "dcrc_warranty_state": warranty and ("in" if warranty >= today else "out"),
                    "dcrc_value": facts["spent"],
                    "dcrc_lifecycle_on": _soonest(verdict.check_on, warranty, today),
                }
            )
        self._dcrc_write_life(rows, today)

    def _dcrc_get_life(self, company, ids, today):
        """One dict of facts a car (see `tools.lifecycle.judge`)."""
        year = fields.Date.subtract(today, days=365)
        return self.env.execute_query_dict(
            SQL(
                """WITH told AS (
                   SELECT f.vehicle_id,
                          COUNT(*) FILTER (WHERE f.state = 'failed') AS failed_calls,
                          COUNT(*) FILTER (WHERE f.result = 'refused' OR o.code = 'refused') AS refused,
                          COUNT(*) FILTER (WHERE f.result = 'elsewhere') AS elsewhere,
                          COUNT(*) FILTER (WHERE f.dissatisfied) AS dissatisfied,
                          MIN(f.done_on)::date AS oldest
                     FROM dcrc_followup f LEFT JOIN dcrc_call_outcome o ON o.id = f.outcome_id
                    WHERE f.vehicle_id = ANY(%(ids)s) AND f.done_on >= %(year)s
                      AND (f.state = 'failed' OR f.dissatisfied OR f.result IN ('refused', 'elsewhere')
                           OR o.code = 'refused')
                    GROUP BY f.vehicle_id
               ), spent AS (
                   SELECT s.vehicle_id, SUM(s.amount_total) AS spent FROM dcrc_service_visit s
                    WHERE s.vehicle_id = ANY(%(ids)s) AND s.void IS NOT TRUE
                      AND s.date_in >= %(year)s::date - 365
                    GROUP BY s.vehicle_id
               )
               SELECT f.*, %(reason)s AS block_reason FROM (
                   SELECT v.id, v.id AS vehicle_id, v.company_id, v.dcrc_contact_id AS partner_id,
                          v.license_plate, COALESCE(v.dcrc_delivery_date, v.dcrc_purchase_date) AS delivered,
                          v.dcrc_next_service_date AS next_service, v.dcrc_service_count AS service_count,
                          v.dcrc_last_visit_date AS last_visit, v.dcrc_warranty_due AS warranty_end,
                          told.failed_calls, told.refused, told.elsewhere, told.dissatisfied, told.oldest,
                          COALESCE(spent.spent, 0)::float8 AS spent
                     FROM fleet_vehicle v LEFT JOIN told ON told.vehicle_id = v.id
                     LEFT JOIN spent ON spent.vehicle_id = v.id
                    WHERE v.id = ANY(%(ids)s)) f""",
                ids=ids,
                year=year,
                reason=self._dcrc_case_block(company),
            )
        )

    def _dcrc_case_block(self, company):
        """Why the contact may not be called, as the gate says (`PASSING` reasons are none)."""
        return self.env["dcrc.gate"]._case(self._dcrc_get_question(company, SQL("f.partner_id")), but=PASSING)

    def _dcrc_get_question(self, company, partner):
        """What to ask the gate about winning back the customer of car `f`."""
        return Question(
            company=company,
            partner=partner,
            vehicle=SQL("f.id"),
            channel=SQL("'phone'"),
            purpose=SQL("'marketing'"),
            day=SQL("%s::date", company._dcrc_today()),
        )

    def _dcrc_ask_gate(self):
        """``{car id: Answer}`` of those of these cars about which nobody may be called to win them back."""
        answers = {}
        for company, cars in self.grouped("company_id").items():
            source = SQL("(SELECT * FROM fleet_vehicle WHERE id = ANY(%s)) f", cars.ids)
            question = self._dcrc_get_question(company, SQL("f.dcrc_contact_id"))
            answers |= self.env["dcrc.gate"]._answer(source, SQL("f.id"), question, but=PASSING, passing=False)
        return answers

    def _dcrc_write_life(self, rows, today):
        self.env.cr.execute(
            SQL(
                """WITH t AS (SELECT * FROM %(rows)s),
                    old AS (SELECT v.id, v.company_id, v.dcrc_stage
                              FROM fleet_vehicle v JOIN t ON t.id = v.id),
                    noted AS (
                        INSERT INTO dcrc_lifecycle_change (
                               vehicle_id, company_id, date, old_stage, stage, score, region, warranty,
                               create_uid, create_date, write_uid, write_date)
                        SELECT t.id, old.company_id, %(today)s, old.dcrc_stage, t.dcrc_stage, t.dcrc_risk,
                               t.dcrc_region, t.dcrc_warranty_state, %(uid)s, %(now)s, %(uid)s, %(now)s
                          FROM t JOIN old ON old.id = t.id
                         WHERE t.dcrc_stage IS NOT NULL AND t.dcrc_stage IS DISTINCT FROM old.dcrc_stage)
               UPDATE fleet_vehicle v
                  SET %(sets)s, dcrc_lifecycle_dirty = FALSE,
                      dcrc_stage_since = CASE WHEN t.dcrc_stage IS DISTINCT FROM v.dcrc_stage
                                              THEN %(today)s ELSE v.dcrc_stage_since END
                 FROM t WHERE v.id = t.id""",
                sets=SQL(", ").join(SQL("%s = %s", SQL.identifier(n), SQL.identifier("t", n)) for n in COLUMNS),
                rows=given(self, rows, ["id", *COLUMNS], alias="t"),
                today=today,
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )


def _soonest(check_on, warranty, today):
    """The next day on which a car's verdict, or its being in warranty, changes by itself."""
    after = warranty + timedelta(days=1) if warranty and warranty >= today else None
    return min(filter(None, (check_on, after)), default=None)
