from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.mask import mask_phone

RINGING = 60  # seconds in which a call that nobody took up is still shown


class HotlineRing(models.Model):
    """What a telephone system told of a call: a log, one line a call (HOT-2)."""

    _name = "dcrc.hotline.ring"
    _description = "Telephone Log"
    _order = "rung_at desc, id desc"
    _rec_name = "reference"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True, readonly=True)
    reference = fields.Char(required=True, readonly=True, help="The telephone system's own name of the call.")
    number = fields.Char("Full Number", readonly=True, groups="dcrc_dealer.group_dcrc_reader", dcrc_personal="number")
    number_masked = fields.Char("Number", compute="_compute_number_masked", compute_sudo=True)
    direction = fields.Selection([("in", "Incoming"), ("out", "Outgoing")], required=True, readonly=True, default="in")
    agent = fields.Char("Agent as Told", readonly=True)
    user_id = fields.Many2one("res.users", "Agent", readonly=True, index="btree_not_null")
    rung_at = fields.Datetime("Rang at", required=True, readonly=True)
    ended_at = fields.Datetime("Ended", readonly=True)
    seconds = fields.Integer("Seconds Talked", readonly=True)
    rings = fields.Integer(readonly=True, aggregator="avg")
    answered = fields.Boolean(readonly=True)
    opened_at = fields.Datetime("Opened on a Screen", readonly=True)
    hotline_id = fields.Many2one(
        "dcrc.hotline", "Record", readonly=True, index="btree_not_null", ondelete="set null", check_company=True
    )

    _once = models.UniqueIndex("(company_id, reference)", "This call was announced already.")
    _minute_idx = models.Index("(company_id, rung_at)")
    _ringing_idx = models.Index("(user_id, rung_at) WHERE ended_at IS NULL AND opened_at IS NULL AND direction = 'in'")

    @api.depends("number")
    def _compute_number_masked(self):
        for ring in self:
            ring.number_masked = mask_phone(ring.number) or self.env._("Hidden Number")

    @api.model
    @api.readonly
    def get_ringing(self):
        """What rings for the user now and is on no screen yet: for a browser without a websocket.

        :return: ``[{"ring_id": id}]``, newest first, three at most
        """
        if not self.env.company._dcrc_has_room("hotline"):
            return []
        since = fields.Datetime.subtract(fields.Datetime.now(), seconds=RINGING)
        domain = Domain("user_id", "=", self.env.uid) & Domain("rung_at", ">=", since)
        domain &= Domain("ended_at", "=", False) & Domain("opened_at", "=", False) & Domain("direction", "=", "in")
        return [{"ring_id": ring.id} for ring in self.search(domain, limit=3)]
