from odoo import fields, models
from odoo.exceptions import UserError

from ...models.foundations.reveal import WHY


class RevealAsk(models.TransientModel):
    """Asks why a masked number is needed, before it is shown and the look logged."""

    _name = "dcrc.reveal.ask"
    _description = "Why a Number Is Needed"

    # what the dialog was opened on: said by its context, so no field of a step
    res_model = fields.Char("Record Model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    why = fields.Selection(WHY, "What for?", required=True, default="call")
    note = fields.Char("In Words", help="Needed for another reason; it stands in the log.")

    def action_show(self):
        """Show the number of the record that the dialog was opened on."""
        self.ensure_one()
        model = self.env.get(self.res_model)
        if model is None or not hasattr(model, "_dcrc_reveal"):
            raise UserError(self.env._("No number is known for this customer."))
        shown = model.browse(self.res_id)._dcrc_reveal(self.why, self.note)
        shown["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return shown
