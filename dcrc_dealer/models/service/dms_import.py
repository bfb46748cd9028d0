from odoo import models


class DmsImport(models.Model):
    """New visits move due dates: the cars are forecast before follow-ups are planned."""

    _inherit = "dcrc.dms.import"

    def _after_import(self):
        self.env.ref("dcrc_dealer.ir_cron_forecast").sudo()._trigger()
        return super()._after_import()
