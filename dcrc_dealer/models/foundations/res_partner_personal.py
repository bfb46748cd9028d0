from odoo import fields, models


class ResPartner(models.Model):
    """What of a contact is personal (see `Base` for the marks); Odoo's own fields, too."""

    _inherit = "res.partner"

    name = fields.Char(dcrc_personal="name")
    phone = fields.Char(dcrc_personal="number")
    email = fields.Char(dcrc_personal="about")
    street = fields.Char(dcrc_personal="about")
    street2 = fields.Char(dcrc_personal="about")
    zip = fields.Char(dcrc_personal="about")
    website = fields.Char(dcrc_personal="about")
    vat = fields.Char(dcrc_personal="about")
    ref = fields.Char(dcrc_personal="about")
    function = fields.Char(dcrc_personal="about")
    comment = fields.Html(dcrc_personal="words")
    dcrc_birth_date = fields.Date(dcrc_personal="about")
    dcrc_occupation = fields.Char(dcrc_personal="about")
    dcrc_employer = fields.Char(dcrc_personal="about")
    dcrc_employer_address = fields.Char(dcrc_personal="about")
    dcrc_hobbies = fields.Char(dcrc_personal="about")
    dcrc_family = fields.Text(dcrc_personal="about")
    dcrc_preferred_time = fields.Char(dcrc_personal="about")
