from typing import NamedTuple

from odoo import api, models

PREFIX = "dcrc_room_"


class Room(NamedTuple):
    """What goes with a room: names of its menus (of our add-on) and triggers of its follow-up rules."""

    menus: tuple
    triggers: tuple = ()


class ResCompany(models.Model):
    """Rooms that a dealer may do without: rules, tiles, figures and menus go with them.

    A room joins by a field ``dcrc_room_<room>`` and its line in `_dcrc_rooms`; where it shows something of its
    own on others' screens, it asks `_dcrc_has_room`. Nothing is deleted: switched on again, all goes on.
    """

    _inherit = "res.company"

    def write(self, vals):
        rooms = [name.removeprefix(PREFIX) for name in vals if name.startswith(PREFIX)]
        before = {room: self.filtered(lambda company, room=room: company._dcrc_has_room(room)) for room in rooms}
        result = super().write(vals)
        for room, had in before.items():
            has = self.filtered(lambda company, room=room: company._dcrc_has_room(room))
            if had != has:
                (had - has)._dcrc_room_switched(room, on=False)
                (has - had)._dcrc_room_switched(room, on=True)
        return result

    @api.model
    def _dcrc_rooms(self):
        """Extension point: ``{room: Room}`` of the rooms that can be switched off."""
        return {}

    def _dcrc_has_room(self, room):
        """Whether this dealer uses a room."""
        self.ensure_one()
        return self.sudo()[PREFIX + room]

    @api.model
    def _dcrc_dealers_with(self, room):
        """All dealers that use a room, whoever asks (for scheduled actions)."""
        return self._dcrc_dealers().filtered(lambda company: company._dcrc_has_room(room))

    def _dcrc_triggers_off(self):
        """Triggers of follow-up rules whose room this dealer does without."""
        self.ensure_one()
        rooms = self._dcrc_rooms().items()
        return [trigger for name, room in rooms if not self._dcrc_has_room(name) for trigger in room.triggers]

    def _dcrc_room_switched(self, room, on):
        """Hook: these dealers switched a room on or off."""
        self.env.registry.clear_cache()  # menus are kept for each user
