from odoo import api, fields, models

PARTS = ("opening", "closing_satisfied", "closing_dissatisfied", "reminder")


class Script(models.Model):
    """What a specialist says: one standard wording per kind of call (handbook FUP-6)."""

    _name = "dcrc.script"
    _description = "Script of a call"
    _inherit = ["dcrc.template.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            ("first", "First call"),
            ("second", "Second call"),
            ("third", "After service"),
            ("lost", "Lost customer"),
            ("welcome", "Welcome"),
            ("other", "Other"),
        ],
        "Type",
        required=True,
        default="other",
    )
    opening = fields.Text(
        translate=True,
        help="Names in braces are filled in: {customer} {dealer} {specialist} {vehicle} {plate}"
        " {date} {item} {first_service} {within} {phone} {company}",
    )
    closing_satisfied = fields.Text("Closing for satisfied customers", translate=True)
    closing_dissatisfied = fields.Text("Closing for dissatisfied customers", translate=True)
    reminder = fields.Text(translate=True, help="Said at the end: next service, papers to bring.")

    @api.constrains(*PARTS)
    def _check_placeholders(self):
        for script in self:
            self.env["dcrc.placeholder"]._check([script[part] for part in PARTS])

    def _render(self, part, followup):
        """Return a part of the script with the data of `followup` filled in.

        :param part: "opening", "closing_satisfied", "closing_dissatisfied" or "reminder".
        """
        if not self:
            return ""
        self.ensure_one()
        return self.env["dcrc.placeholder"]._fill(self[part], followup._get_placeholders())

    def _render_all(self, followup):
        """Return ``{part: text}`` for the call screen."""
        values = followup._get_placeholders() if self else {}
        fill = self.env["dcrc.placeholder"]._fill
        return {part: fill(self[part], values) if self else "" for part in PARTS}
