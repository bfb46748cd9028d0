from odoo import models
from odoo.exceptions import AccessError, MissingError


class IrBinary(models.AbstractModel):
    """Files and pictures: what belongs to somebody else is not there."""

    _inherit = "ir.binary"

    def _find_record(self, xmlid=None, res_model="ir.attachment", res_id=None, access_token=None, field=None):
        try:
            return super()._find_record(xmlid, res_model, res_id, access_token, field=field)
        except AccessError:
            # in Odoo's own words for what is not there
            message = f"No record found for xmlid={xmlid}, res_model={res_model}, id={res_id}"
            raise MissingError(message) from None
