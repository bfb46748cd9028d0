from babel.dates import format_skeleton

from odoo import api, models
from odoo.tools import babel_locale_parse, get_lang


class Placeholder(models.AbstractModel):
    """What a follow-up is about, and the link to its questionnaire."""

    _inherit = "dcrc.placeholder"

    @api.model
    def _samples(self):
        return {
            **super()._samples(),
            "date": "11月20日",
            "item": "20,000公里保养",
            "first_service": "3个月或5,000公里",
            "within": "2小时内",
            "link": "https://example.com/s/0123456789abcdef",
        }


def say_day(env, day):
    """A day as people say it: 11月20日, Nov 20."""
    return format_skeleton("MMMd", day, locale=babel_locale_parse(get_lang(env).code)) if day else ""
