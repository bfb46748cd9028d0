from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.given import Id, OneOf, given
from .appointment import EXPECTED

DESK = ("dcrc_dealer.group_dcrc_user", "dcrc_dealer.group_dcrc_department")
MOVES = {"arrive": "action_arrive", "no_show": "action_no_show", "undo": "action_undo"}


class Appointment(models.Model):
    """What the service desk does on its board: say who came, who did not, and take it back (APT-4, APT-5)."""

    _inherit = "dcrc.appointment"

    @api.model
    def _may_move(self):
        """Whether the user says on the board who came."""
        return any(self.env.user.has_group(group) for group in DESK)

    def _get_desk_moves(self):
        """What can be said of this appointment now (called as root)."""
        self.ensure_one()
        if self.day != self.company_id._dcrc_today():
            return []
        moves = []
        if self.state in (*EXPECTED, "no_show"):
            moves.append("arrive")
        if self.state in EXPECTED and self.start <= fields.Datetime.now():
            moves.append("no_show")
        if self.state in ("arrived", "no_show"):
            moves.append("undo")
        return moves

    @api.model
    @given(appointment_id=Id("dcrc.appointment"), move=OneOf(*MOVES))
    def move_on_board(self, appointment_id, move):
        """Move an appointment of the own board on; the service desk may do no more with it than this.

        :param move: "arrive", "no_show" or "undo".
        :return: the board as it is then, as `get_board`.
        :raise UserError: the appointment is in no state for it, or its time has not come.
        """
        if not self._may_move() or move not in MOVES:
            raise AccessError(self.env._("Only the service desk and the center say who came."))
        appointment = self.search([("id", "=", appointment_id), ("company_id", "=", self.env.company.id)])
        if not appointment:
            raise AccessError(self.env._("This appointment is not on your board."))
        if move not in appointment.sudo()._get_desk_moves():
            raise UserError(self.env._("Somebody was faster: look at the board again."))
        # the desk has no right to write appointments, only to say these three things of those it sees
        getattr(appointment.sudo(), MOVES[move])()
        return self.get_board()
