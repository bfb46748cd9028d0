from odoo import api, models
from odoo.exceptions import ValidationError

from ...tools import placeholders


class Placeholder(models.AbstractModel):
    """The words in braces that scripts and texts may use; rooms add theirs to `_samples`."""

    _name = "dcrc.placeholder"
    _description = "Words filled in by the system"

    @api.model
    def _samples(self):
        """Extension point: ``{name: an example}``; examples are long, for lengths are counted with them."""
        return {
            "customer": "欧阳女士",
            "dealer": "渝州汽车4S店",
            "company": "渝州汽车4S店",
            "specialist": "欧阳晓明",
            "phone": "023-68001234",
            "vehicle": "CS75PLUS 1.5T 尊贵型",
            "plate": "渝AD12345",
        }

    @api.model
    def _optional(self):
        """Extension point: names whose clause is left out where nothing is known."""
        return {"phone"}

    @api.model
    def _fill(self, text, values):
        """Return `text` with what is known filled in (see `tools.placeholders`)."""
        return placeholders.fill(text, values, self._samples(), self._optional())

    @api.model
    def _gaps(self, text, values):
        """Return the names that would leave a gap in `text`."""
        return placeholders.gaps(text, values, self._samples(), self._optional())

    @api.model
    def _check(self, texts, further=()):
        """Raise ValidationError where nobody can fill in what `texts`, or the names `further`, ask for."""
        names = self._samples()
        wrong = {name for text in texts for name in placeholders.unknown(text, names)} | {*further} - {*names}
        if wrong:
            raise ValidationError(
                self.env._(
                    "Nobody can fill in {%(name)s}. Known: %(known)s.",
                    name="}, {".join(sorted(wrong)),
                    known=", ".join(f"{{{name}}}" for name in names),
                )
            )

    @api.model
    def _get_company_values(self, company):
        """What every script and text may say about the dealer."""
        return {"dealer": company.name, "company": company.name, "phone": company.phone}
