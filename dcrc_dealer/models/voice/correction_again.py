"""What was wrong in this file before, and what is told of a correction that is open already (COR-2, COR-3)."""

from odoo import api, fields, models
from odoo.fields import Command


class Correction(models.Model):
    """A file found wrong twice shows its earlier corrections where it was wrong."""

    _inherit = "dcrc.correction"

    earlier_ids = fields.Many2many(
        "dcrc.correction", string="Found Wrong Before", compute="_compute_earlier", compute_sudo=True
    )
    earlier_note = fields.Char("Before", compute="_compute_earlier", compute_sudo=True)

    @api.depends("repeat", "partner_id")
    @api.depends_context("lang")
    def _compute_earlier(self):
        again = self.filtered("repeat")
        found = self.search([("partner_id", "in", again.partner_id.ids)], order="date desc, id desc")
        by_partner = found.grouped("partner_id")
        items = dict(self._fields["item"]._description_selection(self.env))
        for correction in self:
            others = by_partner.get(correction.partner_id, found.browse()) if correction in again else found.browse()
            earlier = others.filtered(lambda o, c=correction: (o.date, o.id) < (c.date, c.id or o.id + 1) and o != c)
            correction.earlier_ids = [Command.set(earlier.ids)]
            words = (
                f"{other.company_id._dcrc_to_local(other.date):%Y-%m-%d} {items[other.item]} ({other.name})"
                for other in earlier[:3]
            )
            correction.earlier_note = "; ".join(words) or False

    def _tell_again(self, value, note):
        """Somebody else tells of the same item: a value that was missing is proposed, another one is noted."""
        self.ensure_one()
        if value and not self.new_value and self.state == "open":
            self.write({"new_value": value})
            self.action_propose()
        words = " · ".join(filter(None, (value, note)))
        self.message_post(body=self.env._("Told again at the desk: %(words)s", words=words))
