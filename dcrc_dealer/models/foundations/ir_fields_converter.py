from odoo import api, models


class IrFieldsConverter(models.AbstractModel):
    """Files that Odoo's import reads name records by id, too."""

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """A row's number names what the user may see, or nothing."""
        if subfield == ".id" and value and not self.env.su and str(value).isdigit():
            if not self.env[field.comodel_name].with_context(active_test=False).search([("id", "=", int(value))]):
                raise ValueError(self.env._("This record does not exist, or you may not see it."))
        return super().db_id_for(model, field, subfield, value, savepoint)
