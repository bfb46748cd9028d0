"""A dealer with at least one row in every model of ours, for tests across the rooms."""

from odoo import fields
from odoo.models import MAGIC_COLUMNS

from .common import NOW, TODAY, DcrcCase


class FilledCase(DcrcCase):
    """`_fill(dealer)` makes a customer whose file has a row of everything.

    A new model is filled by itself as long as its required fields can be guessed
    (`_create_any`); otherwise it gets a line in `_special_vals`.
    """

    @classmethod
    def _our_models(cls):
        """Our models with a table that people fill (no wizards, no SQL views)."""
        return [
            model
            for name, model in sorted(cls.env.items())
            if name.startswith("dcrc.") and model._auto and not (model._abstract or model._transient)
        ]

    @classmethod
    def _fill(cls, dealer, name="王芳"):
        """Return {model name: records} of one customer of `dealer`."""
        customer = cls._create_customer(name, company=dealer)
        car = cls._create_car(customer)
        known = {
            "res.company": dealer,
            "res.users": cls.env.user,
            "res.partner": customer,
            "fleet.vehicle": car,
            "dcrc.phone": customer.dcrc_phone_ids,
            "dcrc.vehicle.owner": car.dcrc_link_ids,
            "dcrc.delivery": cls._create_delivery(car),
            "dcrc.service.visit": cls._create_visit(car),
        }
        # An open contact without a reason to call is closed at the next occasion.
        first = ["dcrc.contact", "dcrc.followup"]
        for name in first + [model._name for model in cls._our_models()]:
            if name not in known:
                cls._create_any(name, known)
        return known

    @classmethod
    def _create_any(cls, model_name, known):
        """Create a row with guessed values, pointing at what is `known`.

        What the dealer got from the templates, or shares with others, is taken as it is.
        """
        model = cls.env[model_name].with_company(known["res.company"]).sudo()
        if "partner_id" not in model._fields:
            known[model_name] = cls._take_any(model, known["res.company"])
            if known[model_name]:
                return known[model_name]
        vals = dict(cls._special_vals(model_name, known))
        for name, field in model._fields.items():
            if name in vals or name in MAGIC_COLUMNS or not field.store or field.related:
                continue
            value = cls._guess(model, field, known)
            if value is not None:
                vals[name] = value
        known[model_name] = model.create(vals)
        return known[model_name]

    @classmethod
    def _take_any(cls, model, dealer):
        """Return a row that the dealer got with its centre: its own before a shared one."""
        if "company_id" not in model._fields:  # lines of a shared list
            return model.search([], limit=1)
        rows = model.search([("company_id", "in", [dealer.id, False])])
        return rows.sorted(lambda row: not row.company_id)[:1]

    @classmethod
    def _guess(cls, model, field, known):
        if field.type == "many2one":
            if field.comodel_name in known:
                return known[field.comodel_name].id
            if field.required and field.comodel_name.startswith("dcrc."):
                return cls._create_any(field.comodel_name, known).id
            if field.required:
                return cls.env[field.comodel_name].search([], limit=1).id
            return None
        if not field.required or field.compute or field.default:
            return None
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        number = cls._next()
        guesses = {"date": TODAY, "datetime": NOW, "integer": number, "float": 1.0, "boolean": False}
        return guesses.get(field.type, f"{model._name} {number}")

    @classmethod
    def _special_vals(cls, model_name, known):
        """Values that can't be guessed: constraints tie them together."""
        customer = known["res.partner"]
        yesterday = fields.Date.add(TODAY, days=-1)
        reference = {"res_model": "res.partner", "res_id": customer.id}
        return {
            "dcrc.reason": {"kind": "do_not_contact", "code": False},
            "dcrc.change.proposal": {**reference, "field_name": "name", "old_raw": customer.name},
            "dcrc.reveal": reference,
            "dcrc.dms.difference": {**reference, "field_name": "name"},
            "dcrc.followup": {
                "source_model": "res.partner",
                "source_id": customer.id,
                "date_start": TODAY,
                "date_due": TODAY,
                "date_expiry": TODAY,
                "state": "open",
            },
            "dcrc.correction": {"item": "name", "new_partner_id": customer.id, "phone_id": False},
            "dcrc.call": {"state": "draft"},
            "dcrc.do.not.contact": {"date": yesterday, "date_end": yesterday},
        }.get(model_name, {})
