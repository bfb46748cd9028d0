"""A dealer with at least one row in every model of ours, for tests across the rooms."""

import base64

import psycopg2

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS
from odoo.tools import mute_logger

from .common import NOW, TODAY, DcrcCase

# each is of another list, or somebody who works here
COMPLAINT_LINKS = ("source_id", "category_id", "ground_id", "cause_id", "compensation_id", "handler_id", "callback_id")


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
        cls.unfilled = {}
        for name in first + [model._name for model in cls._our_models()]:
            if name not in known:
                cls._try_to_create(name, known)
        return known

    @classmethod
    def _try_to_create(cls, model_name, known):
        """Create a row, or note why it can't be: one odd model must not hide the others."""
        before = dict(known)
        try:
            with mute_logger("odoo.sql_db"), cls.env.cr.savepoint():
                cls._create_any(model_name, known)
                cls.env.flush_all()
        except (UserError, ValueError, psycopg2.Error) as error:
            cls.unfilled[model_name] = str(error)
            known.clear()
            known.update(before)

    @classmethod
    def _create_any(cls, model_name, known):
        """Create a row with guessed values, pointing at what is `known`.

        What the dealer got from the templates, or shares with others, is taken as it is.
        """
        model = cls.env[model_name].with_company(known["res.company"]).sudo()
        known[model_name] = cls._take_any(model, known)
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
    def _take_any(cls, model, known):
        """Return a row that came with the customer or the centre: the own before a shared one."""
        domain = Domain.TRUE  # lines of a shared list have neither
        if "company_id" in model._fields:
            domain &= Domain("company_id", "in", [known["res.company"].id, False])
        if "partner_id" in model._fields:
            domain &= Domain("partner_id", "=", known["res.partner"].id)
        rows = model.search(domain)
        return rows.sorted(lambda row: "company_id" in row and not row.company_id)[:1]

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
        guesses = {
            # Later and greater from field to field: a beginning comes before its end.
            "date": fields.Date.add(TODAY, days=number),
            "datetime": fields.Datetime.add(NOW, minutes=number),
            "integer": number,
            "float": float(number),
            "boolean": False,
        }
        return guesses.get(field.type, f"{model._name} {number}")

    @classmethod
    def _text_template(cls, dealer):
        model = cls.env["ir.model"]._get("res.partner")
        return cls.env["sms.template"].create(
            {"name": "关怀", "body": "您好", "model_id": model.id, "dcrc_company_id": dealer.id}
        )

    @classmethod
    def _special_vals(cls, model_name, known):
        """Values that can't be guessed: constraints tie them together."""
        customer, dealer = known["res.partner"], known["res.company"]
        yesterday = fields.Date.add(TODAY, days=-1)
        reference = {"res_model": "res.partner", "res_id": customer.id}
        return {
            "dcrc.reason": {"kind": "do_not_contact", "code": False},
            "dcrc.change.proposal": {**reference, "field_name": "name", "old_raw": customer.name},
            "dcrc.duplicate": {"other_id": cls._create_customer("王方", company=dealer).id},
            "dcrc.opening.day": {"calendar_id": dealer.dcrc_opening_id.id},
            "dcrc.clock": reference,
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
            "dcrc.complaint": dict.fromkeys(COMPLAINT_LINKS, False),
            "dcrc.complaint.proposal": {"compensation_id": False},
            "dcrc.call": {"state": "draft"},
            "dcrc.appointment.seat": {"kind_id": False},
            "dcrc.text.campaign": {"template_id": cls._text_template(dealer).id},
            "dcrc.do.not.contact": {"date": yesterday, "date_end": yesterday},
            "dcrc.measure.entry": {"measure_id": cls.env["dcrc.measure"].search([("code", "=", "profit")]).id},
            "dcrc.audit.key": {"public": base64.b64encode(cls._next().to_bytes(32, "big")).decode()},
            "dcrc.pay.change": reference,
            "dcrc.pay.line": {"kind": "group"},
            "dcrc.pay.month": {"month": TODAY.replace(day=1)},
        }.get(model_name, {})
