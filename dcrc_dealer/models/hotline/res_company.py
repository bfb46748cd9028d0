from urllib.parse import quote, urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..foundations.res_company_rooms import Room
from .hotline_steps import TRIGGER

MENUS = ("menu_dcrc_hotline",)
SCHEMES = ("tel", "sip", "sips", "callto", "http", "https")
SAMPLE = {"number": "+8613800138000", "extension": "8001"}


class ResCompany(models.Model):
    """What a dealer can set about the hotline."""

    _inherit = "res.company"

    dcrc_room_hotline = fields.Boolean("Hotline", default=True, help="Incoming calls and the answers at hand.")
    dcrc_hotline_rings = fields.Integer(
        "Answered Within (rings)", default=3, help="Counted as answered in time (HOT-1)."
    )
    dcrc_dial_address = fields.Char(
        "Dial Address",
        help="What a click on a number opens, with {number} and {extension} in it, for example"
        " https://pbx.example/dial?to={number}&from={extension}. Empty: tel:, the telephone of the device.",
    )
    dcrc_article_days = fields.Integer(
        "Articles Expire Soon (days)", default=14, help="So long before, the article comes to its owner."
    )
    dcrc_keep_hotline_months = fields.Integer(
        "Hotline: words and numbers (months)",
        default=36,
        help="After that, what was said on the hotline and the telephone log are taken away. 0: kept for good.",
    )

    _dcrc_hotline_sane = models.Constraint(
        "CHECK (dcrc_hotline_rings BETWEEN 1 AND 20 AND dcrc_article_days BETWEEN 0 AND 365)",
        "Calls are answered within 1 to 20 rings; articles come to their owner at most a year before they expire.",
    )

    @api.constrains("dcrc_dial_address")
    def _check_dcrc_dial_address(self):
        for company in self.filtered("dcrc_dial_address"):
            problem = _find_problem(company.dcrc_dial_address)
            if problem:
                raise ValidationError(
                    self.env._(
                        "The dial address can't be used (%(what)s). It begins with one of %(schemes)s and has {number}"
                        " in it, for example sip:{number}@pbx.example.",
                        what=problem,
                        schemes=", ".join(f"{scheme}:" for scheme in SCHEMES),
                    )
                )

    @api.model
    def _dcrc_rooms(self):
        return {**super()._dcrc_rooms(), "hotline": Room(MENUS, (TRIGGER,))}

    def _dcrc_get_dial_address(self, user):
        """The address that dials for a user, with ``{number}`` left to be filled in ("" : tel:)."""
        self.ensure_one()
        address = self.sudo().dcrc_dial_address or ""
        return address.replace("{extension}", quote(user.sudo().dcrc_extension or "", safe=""))


def _find_problem(address):
    """What is wrong with a dial address, in a word, or None."""
    try:
        filled = address.format_map(SAMPLE)
        scheme = urlsplit(filled).scheme
    except (KeyError, ValueError, IndexError, AttributeError) as error:
        return str(error)
    if scheme not in SCHEMES or scheme in ("http", "https") and not urlsplit(filled).netloc:
        return scheme or address[:20]
    spot = address.find("{number}")
    authority = f"{scheme}://"
    in_host = address.startswith(authority) and "/" not in address[len(authority) : spot]
    if spot < 0 or any(sign.isspace() or sign in "<>\"'" for sign in address) or in_host:
        return "{number}"
    return None
