"""Complaints get the lists, rounds and rules that came after they were written (CMP-1, CMP-3)."""

from odoo import SUPERUSER_ID, api

DEPARTMENT = """['|', '|', ('%(path)sdepartment_id.responsible_id', '=', user.id),
                 ('%(path)sdepartment_id.member_ids', 'in', [user.id]), ('%(path)shandler_id', '=', user.id)]"""


def migrate(cr, _version):
    """Copying templates adds only what a dealer lacks; a complaint with a round keeps it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for company in env["res.company"]._dcrc_dealers():
        for model in ("dcrc.complaint.item", "dcrc.clock.rule", "dcrc.script", "dcrc.followup.rule"):
            env[model]._copy_templates_to(company)
    # who is in charge sees a complaint, too (rules are data of the house: noupdate)
    env.ref("dcrc_dealer.complaint_rule_department").domain_force = DEPARTMENT % {"path": ""}
    env.flush_all()
    cr.execute(
        """UPDATE dcrc_complaint c
              SET source_id = (SELECT i.id FROM dcrc_complaint_item i
                                WHERE i.company_id = c.company_id AND i.kind = 'source' AND i.source = c.source
                                ORDER BY i.sequence, i.id LIMIT 1)
            WHERE c.source_id IS NULL"""
    )
    cr.execute(
        """INSERT INTO dcrc_complaint_round (complaint_id, company_id, number, started_on, department_id, contacted_on,
                                             founded, answer, done_words, solved_on, create_uid, create_date,
                                             write_uid, write_date)
           SELECT c.id, c.company_id, 1, c.date, c.department_id, c.contacted_on, c.founded, c.answer, c.result,
                  c.closed_on, 1, c.create_date, 1, c.write_date
             FROM dcrc_complaint c
            WHERE NOT EXISTS (SELECT 1 FROM dcrc_complaint_round r WHERE r.complaint_id = c.id)"""
    )
    cr.execute(
        """UPDATE dcrc_complaint c SET round_id = r.id, round_no = r.number
             FROM dcrc_complaint_round r WHERE r.complaint_id = c.id AND c.round_id IS NULL"""
    )
    env.invalidate_all(flush=False)
    # what is open has all of its time from the update on
    env["dcrc.complaint"].search([("state", "!=", "closed")])._sync_clocks()
