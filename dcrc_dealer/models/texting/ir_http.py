from odoo import models
from odoo.http import request

SIGNED = "/dcrc/texts/"
LARGEST = 1_000_000  # bytes


class IrHttp(models.AbstractModel):
    """What a gateway has signed is kept as it came, whatever it calls its content."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        if rule.rule.startswith(SIGNED) and (request.httprequest.content_length or 0) <= LARGEST:
            # Read as a form, the body would be gone, and with it what the signature is about.
            request.httprequest.get_data(cache=True)
        return super()._pre_dispatch(rule, args)
