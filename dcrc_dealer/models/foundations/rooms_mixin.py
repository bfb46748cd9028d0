from odoo import api, fields, models


class RoomsMixin(models.AbstractModel):
    """Which rooms the record's dealer uses: a room hides its buttons and pages where it is switched off.

    In a view: ``invisible="'appointment' not in dcrc_rooms"``.
    """

    _name = "dcrc.rooms.mixin"
    _description = "Rooms in Use"

    dcrc_rooms = fields.Char("Rooms in Use", compute="_compute_dcrc_rooms")

    @api.depends("company_id")
    def _compute_dcrc_rooms(self):
        for company, records in self.grouped("company_id").items():
            company = company or self.env.company
            rooms = [room for room in company._dcrc_rooms() if company._dcrc_has_room(room)]
            records.dcrc_rooms = " ".join(rooms)
