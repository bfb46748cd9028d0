from odoo import models

from ...tools.text_length import count_parts
from .text_account import SIGNS_ITSELF


class TextAccount(models.Model):
    """What is added to the words of a text: signature, how to refuse it (handbook SMS-1)."""

    _inherit = "dcrc.text.account"

    def _compose(self, body, purpose, opts_out=False):
        """Return ``(text to hand over, its length, parts)`` as the customer reads it.

        It is signed once, whoever signs it and wherever the signature stood; what may be
        marketing ends in how to refuse it.

        :param opts_out: it says how to refuse, whatever its purpose.
        """
        name = (self.signature or "").strip("【】 ")
        signature = f"【{name}】" if name else ""
        text = _without_signature((body or "").strip(), signature)
        signed = text.startswith("【") or text.endswith("】")
        ending = self.opt_out_text if purpose == "marketing" or opts_out else ""
        if ending and ending not in text:
            text = f"{text}{ending}" if text[-1:] in "。！？…】" else f"{text} {ending}"
        whole = text if signed else signature + text
        length, parts = count_parts(whole)
        signs_itself = self.provider_signs or self.provider in SIGNS_ITSELF
        return (text if signs_itself else whole), length, parts


def _without_signature(text, signature):
    """The text without the dealer's signature, which may stand before or after it."""
    while signature and text.startswith(signature):
        text = text.removeprefix(signature).lstrip()
    while signature and text.endswith(signature):
        text = text.removesuffix(signature).rstrip()
    return text
