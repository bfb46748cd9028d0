from odoo import fields, models

KINDS = [
    ("handing", "Problem of a call: handed to a department"),
    ("correction", "Correction: cleared"),
    ("complaint_contact", "Complaint: first contact"),
    ("complaint_solution", "Complaint: solution"),
    ("complaint_callback", "Complaint: callback"),
    ("complaint_manufacturer", "Complaint: manufacturer's deadline"),
    ("authority_accept", "Authority: acceptance"),
    ("authority_mediation", "Authority: mediation"),
]


class ClockRule(models.Model):
    _inherit = "dcrc.clock.rule"

    kind = fields.Selection(selection_add=KINDS, ondelete={kind: "cascade" for kind, _label in KINDS})
