from odoo import fields, models
from odoo.tools import SQL


class Doubt(models.Model):
    """Doubts about calls: who left the base by whose word, callers whose customers never vary, very short calls."""

    _inherit = "dcrc.doubt"
    _depends = {
        "dcrc.followup": ["base_state", "exit_source", "exit_found_by", "exit_confirmed_by", "exit_on", "user_id"],
        "dcrc.call": ["state", "started_at", "ended_at", "outcome_id", "user_id"],
        "survey.user_input.line": ["dcrc_level", "user_input_id"],
        "res.company": ["dcrc_call_seconds", "dcrc_same_answers", "dcrc_tz"],
    }

    kind = fields.Selection(
        selection_add=[
            ("exit", "Left the base by people's word"),
            ("same", "All customers answer alike"),
            ("short", "Effective, but very short"),
        ]
    )

    def _doubt_parts(self):
        return {
            **super()._doubt_parts(),
            "exit": self._select_exits(),
            "same": self._select_same(),
            "short": self._select_short(),
        }

    def _select_exits(self):
        """Calls that people took out of the base: both names."""
        return SQL(
            """SELECT f.id, f.company_id, (f.exit_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date, f.exit_found_by,
                      f.exit_confirmed_by, f.partner_id, 'dcrc.followup'::varchar, f.id, NULL::float
                 FROM dcrc_followup f JOIN res_company k ON k.id = f.company_id
                WHERE f.base_state = 'out' AND f.exit_source = 'person'"""
        )

    def _select_same(self):
        """Callers of whose month's customers every one gave the same answers, and there were many."""
        return SQL(
            """SELECT MIN(f.id), f.company_id,
                      date_trunc('month', f.done_on AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date, f.user_id,
                      NULL::integer, NULL::integer, 'dcrc.followup', MIN(f.id), COUNT(DISTINCT f.id)::float
                 FROM dcrc_followup f
                 JOIN res_company k ON k.id = f.company_id
                 JOIN survey_user_input_line l ON l.user_input_id = f.user_input_id AND l.dcrc_level > 0
                WHERE f.effective AND f.user_id IS NOT NULL AND f.link_state IS DISTINCT FROM 'answered'
                GROUP BY f.company_id, 3, f.user_id
               HAVING MIN(l.dcrc_level) = MAX(l.dcrc_level) AND COUNT(DISTINCT f.id) >= MIN(k.dcrc_same_answers)"""
        )

    def _select_short(self):
        """Calls in which an opinion is said to have been given in less than the least seconds."""
        return SQL(
            """SELECT c.id, c.company_id, (c.ended_at AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date, c.user_id,
                      NULL::integer, c.partner_id, 'dcrc.call', c.id,
                      EXTRACT(epoch FROM c.ended_at - c.started_at)::float
                 FROM dcrc_call c
                 JOIN dcrc_call_outcome o ON o.id = c.outcome_id AND o.effective
                 JOIN res_company k ON k.id = c.company_id
                WHERE c.state = 'done' AND c.ended_at < c.started_at + k.dcrc_call_seconds * interval '1 second'"""
        )
