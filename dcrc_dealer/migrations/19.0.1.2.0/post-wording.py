"""Labels, helps and screens take the Chinese of this version.

An update of Odoo's only adds translations that are missing. Scripts, rules, questionnaires and texts are the
dealer's own (`noupdate`): they keep their wording.
"""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    languages = [code for code, _name in env["res.lang"].get_installed()]
    env["ir.module.module"]._load_module_terms(["dcrc_dealer"], languages, overwrite=True)
