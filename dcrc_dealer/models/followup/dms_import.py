from odoo import models


class DmsImport(models.Model):
    """New lists mean new follow-ups: planning starts as soon as a list is in."""

    _inherit = "dcrc.dms.import"

    def _after_import(self):
        result = super()._after_import()
        self.env.ref("dcrc_dealer.ir_cron_plan").sudo()._trigger()
        return result
