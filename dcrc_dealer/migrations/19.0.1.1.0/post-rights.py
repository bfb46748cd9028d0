"""Numbers out of Odoo's own field; rules that only readers need; who typed a choice."""

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL

READ_ONLY = ("res_partner_rule_department", "res_partner_rule_reader")
CHOICES = ("dcrc_followup_rule", "dcrc_text_campaign")


def migrate(cr, _version):
    """Rules of a release aren't updated from their file (noupdate), and rows know nothing of new fields."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in READ_ONLY:
        rule = env.ref(f"dcrc_dealer.{name}", raise_if_not_found=False)
        if rule:
            rule.write({"perm_write": False, "perm_create": False, "perm_unlink": False})
    for table in CHOICES:
        cr.execute(
            SQL("UPDATE %s SET domain_author_id = write_uid WHERE domain_author_id IS NULL", SQL.identifier(table))
        )
    _move_numbers(env)


def _move_numbers(env):
    """Every number of a customer stands among the file's phones; Odoo's own field is emptied."""
    env.cr.execute(
        """UPDATE res_partner p SET phone = NULL, phone_sanitized = NULL
             FROM dcrc_phone n
            WHERE p.dcrc_customer AND n.partner_id = p.id AND n.number = p.phone_sanitized"""
    )
    env.invalidate_all()
    rest = (
        env["res.partner"]
        .with_context(active_test=False)
        .search([("dcrc_customer", "=", True), ("phone", "!=", False)])
    )
    rest._dcrc_adopt_phone()
