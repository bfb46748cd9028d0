from odoo import fields, models

from odoo.addons.dcrc_dealer.models.foundations.measure import STATES


class FigureLine(models.TransientModel):
    """A measure on the page of figures."""

    _name = "dcrc.figure.line"
    _description = "Figure of a Period"
    _order = "sheet_id, id"

    sheet_id = fields.Many2one("dcrc.figure.sheet", required=True, readonly=True, index=True, ondelete="cascade")
    measure_id = fields.Many2one("dcrc.measure", required=True, readonly=True, ondelete="cascade")
    formula = fields.Text(related="measure_id.formula")
    value_text = fields.Char("Figure", readonly=True)
    before_text = fields.Char("Period Before", readonly=True)
    year_text = fields.Char("Year Before", readonly=True)
    numerator = fields.Float("Counted", readonly=True)
    denominator = fields.Float("Base", readonly=True)
    excluded = fields.Float("Out of the base", readonly=True)
    state = fields.Selection(STATES, readonly=True)
    words = fields.Char("Remark", readonly=True)
    trend = fields.Selection([("better", "Better"), ("worse", "Worse")], "Change", readonly=True)

    def action_open_counted(self):
        """Button: the rows that were counted."""
        return self._open_rows("numerator")

    def action_open_base(self):
        """Button: the rows of the base."""
        return self._open_rows("denominator")

    def action_open_excluded(self):
        """Button: what left the base."""
        return self._open_rows("excluded")

    def _open_rows(self, part):
        self.ensure_one()
        sheet = self.sheet_id
        return self.measure_id._get_rows_action(
            part, sheet.company_id, sheet.date_from, sheet.date_to, sheet.department_id, sheet.user_id
        )
