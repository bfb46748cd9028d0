from odoo import api, fields, models
from odoo.tools import SQL

from ..foundations.self_check import Check


class SelfCheck(models.Model):
    """What holds of follow-ups and the base of the rates (FUP-1, FUP-10, FUP-12)."""

    _inherit = "dcrc.self.check"

    @api.model
    def _self_checks(self):
        followups = {
            "once": ("FUP-12", self.env._("A paper is followed up once by a rule"), self._select_once()),
            "exit": (
                "FUP-10",
                self.env._("What leaves the base has its cause, and two people where one of them said so"),
                self._select_exit(),
            ),
            "exit_waiting": (
                "COR-1",
                self.env._("What waits to leave the base says why or who"),
                self._select_waiting(),
            ),
            "answer": (
                "FUP-10",
                self.env._("An answer comes from an effective call, a link or a letter"),
                self._select_answer(),
            ),
            "opinion": (
                "FUP-10",
                self.env._("Who gave an opinion has answers where there is a questionnaire"),
                self._select_opinion(),
            ),
            "asked_once": (
                "FUP-10",
                self.env._("A conversation asks a questionnaire once"),
                self._select_asked_twice(),
            ),
            "closed": (
                "FUP-5",
                self.env._("What is closed says when and how, what is open does not"),
                self._select_closed(),
            ),
            "in_queue": (
                "REM-6",
                self.env._("What is to be called about stands in an open contact"),
                self._select_lost(),
            ),
        }
        return {
            **super()._self_checks(),
            "paper": Check("FUP-1", self.env._("Every paper has its follow-up"), self._rows_paper()),
            **{key: Check(rule, label, {"dcrc.followup": rows}) for key, (rule, label, rows) in followups.items()},
        }

    def _rows_paper(self):
        """Papers whose turn has come, and that a rule in force has passed over."""
        found = {}
        rules = self.env["dcrc.followup.rule"].sudo().search([("company_id", "!=", False)])
        for model, mine in rules.filtered(lambda rule: rule._is_about_paper()).grouped("source_model").items():
            parts = [self._select_passed_over(rule) for rule in mine if rule.trigger in ("delivery", "visit")]
            if parts:
                found[model] = SQL(" UNION ALL ").join(parts)
        return found

    def _select_passed_over(self, rule):
        company = rule.company_id
        last = fields.Date.subtract(company._dcrc_today(), days=1) - rule._get_offset()
        return SQL(
            """SELECT p.id, p.company_id FROM %(table)s p
                WHERE p.company_id = %(company)s AND p.void IS NOT TRUE AND p.date BETWEEN %(first)s AND %(last)s
                  AND p.write_date < %(planned)s AND %(condition)s
                  AND NOT EXISTS (SELECT 1 FROM dcrc_followup f WHERE f.rule_id = %(rule)s
                                     AND f.source_model = %(model)s AND f.source_id = p.id)""",
            table=SQL.identifier(self.env[rule.source_model]._table),
            company=company.id,
            first=rule._get_active_from(company),
            last=last,
            planned=company.dcrc_planned_at or None,
            condition=rule._condition_source("p"),
            rule=rule.id,
            model=rule.source_model,
        )

    def _select_once(self):
        return SQL(
            """SELECT MAX(f.id) AS id, f.company_id FROM dcrc_followup f
                WHERE f.source_model IN ('dcrc.delivery', 'dcrc.service.visit') AND f.base_state = 'in'
                  AND f.state != 'cancelled'
                GROUP BY f.company_id, f.rule_id, f.source_model, f.source_id HAVING COUNT(*) > 1"""
        )

    def _select_exit(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                WHERE f.base_state = 'out'
                  AND (f.exit_on IS NULL OR f.exit_source IS NULL
                       OR f.cancel_reason_id IS NULL AND f.cancel_note IS NULL
                       OR f.exit_source = 'person' AND (f.exit_found_by IS NULL OR f.exit_confirmed_by IS NULL
                                                        OR f.exit_found_by = f.exit_confirmed_by))"""
        )

    def _select_waiting(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                WHERE f.base_state = 'pending'
                  AND CASE WHEN f.exit_source IS NULL
                           THEN f.block_reason IS NULL OR f.state NOT IN ('blocked', 'missed')
                           ELSE f.exit_source != 'person' OR f.exit_found_by IS NULL
                                OR f.state IN ('planned', 'blocked', 'open') END"""
        )

    def _select_answer(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                 JOIN survey_user_input i ON i.id = f.user_input_id AND i.state = 'done'
                 LEFT JOIN dcrc_call_outcome o ON o.id = f.outcome_id
                WHERE f.state NOT IN ('planned', 'blocked', 'open')
                  AND (f.effective IS NOT TRUE
                       OR o.effective IS NOT TRUE AND COALESCE(f.link_state, '') != 'answered')"""
        )

    def _select_opinion(self):
        """A rule asks since its first answers: it may have had no questionnaire before."""
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                 JOIN dcrc_followup_rule r ON r.id = f.rule_id
                 JOIN survey_survey s ON s.id = r.survey_id AND s.active
                 JOIN (SELECT rule_id, MIN(done_on) AS first FROM dcrc_followup
                        WHERE effective AND user_input_id IS NOT NULL GROUP BY 1) a
                   ON a.rule_id = f.rule_id AND f.done_on >= a.first
                 LEFT JOIN survey_user_input i ON i.id = f.user_input_id AND i.state = 'done'
                WHERE f.effective AND i.id IS NULL"""
        )

    def _select_asked_twice(self):
        return SQL(
            """SELECT MAX(f.id) AS id, f.company_id FROM dcrc_followup f
                 JOIN survey_user_input i ON i.id = f.user_input_id AND i.state = 'done'
                WHERE f.contact_id IS NOT NULL
                GROUP BY f.company_id, f.contact_id, i.survey_id HAVING COUNT(DISTINCT i.id) > 1"""
        )

    def _select_closed(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                WHERE (f.state IN ('planned', 'blocked', 'open')) = (f.done_on IS NOT NULL)
                   OR f.state = 'done' AND f.channel = 'phone' AND f.outcome_id IS NULL
                      AND COALESCE(f.link_state, '') != 'answered'
                   OR f.state = 'blocked' AND f.block_reason IS NULL
                   OR f.effective AND f.state != 'done'"""
        )

    def _select_lost(self):
        return SQL(
            """SELECT f.id, f.company_id FROM dcrc_followup f
                 LEFT JOIN dcrc_contact c ON c.id = f.contact_id AND c.state = 'open'
                                         AND c.partner_id = f.partner_id
                WHERE f.state = 'open' AND f.channel = 'phone' AND c.id IS NULL"""
        )
