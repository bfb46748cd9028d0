from odoo import fields, models


class DoNotContact(models.Model):
    """A wish not to be contacted: by channel, car and kind of contact, with reason and date."""

    _name = "dcrc.do.not.contact"
    _description = "Do not contact"
    _order = "date desc, id desc"
    _check_company_auto = True

    partner_id = fields.Many2one("res.partner", "Customer", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="partner_id.company_id", store=True, index=True, precompute=True, required=True
    )
    vehicle_id = fields.Many2one(
        "fleet.vehicle",
        "Only for the car",
        domain="[('dcrc_contact_id', '=', partner_id)]",
        index="btree_not_null",
        check_company=True,
    )
    channel = fields.Selection(
        [("all", "All channels"), ("phone", "Phone"), ("sms", "SMS"), ("email", "E-mail")], required=True, default="all"
    )
    purpose = fields.Selection(
        [("all", "Any contact"), ("care", "Follow-ups and service calls"), ("marketing", "Marketing")],
        required=True,
        default="all",
    )
    reason_id = fields.Many2one(
        "dcrc.reason", required=True, check_company=True, domain="[('kind', '=', 'do_not_contact')]"
    )
    date = fields.Date("Since", required=True, default=lambda self: self.env.company._dcrc_today())
    date_end = fields.Date("Until", help="Empty: until withdrawn.")
    note = fields.Char(dcrc_personal="words")
    active = fields.Boolean(default=True)

    _active_idx = models.Index("(partner_id, date) WHERE active")
    _dates_in_order = models.Constraint(
        "CHECK (date_end IS NULL OR date_end >= date)", "The wish cannot end before it begins."
    )
