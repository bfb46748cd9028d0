from odoo import fields, models


class Reason(models.Model):
    """What an article is about is a word of a closed list, too."""

    _inherit = "dcrc.reason"

    kind = fields.Selection(selection_add=[("article", "Topic of an article")], ondelete={"article": "cascade"})
