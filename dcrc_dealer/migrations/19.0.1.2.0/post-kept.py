"""Who stands below a customer is kept as the customer is (rules of a release aren't updated from their file)."""

from odoo import SUPERUSER_ID, api

OLD = "('dcrc_customer', '=', False)"
NEW = "('dcrc_kept', '=', False)"
WRITE = "[(1, '=', 1)] if user.dcrc_writes_contacts else [('dcrc_kept', '=', True), ('company_id', 'in', company_ids)]"
CHANGES = {"res_partner.company_id": "a contact below a customer belongs to the customer's dealer"}


def migrate(cr, _version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in ("company", "department", "department_write"):
        rule = env.ref(f"dcrc_dealer.res_partner_rule_{name}", raise_if_not_found=False)
        if rule and OLD in rule.domain_force:
            rule.domain_force = rule.domain_force.replace(OLD, NEW)
    rule = env.ref("dcrc_dealer.res_partner_rule_user_write", raise_if_not_found=False)
    if rule and "parent_id.dcrc_customer" in rule.domain_force:
        rule.domain_force = WRITE
