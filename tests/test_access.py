"""Isolation of the dealers: what every model of ours must have."""

from odoo.tests import TransactionCase, tagged

from . import source

# Lists that headquarters keeps for every dealer: no company means all of them. So do templates
# (`dcrc.template.mixin`), from which a new dealer's own records are made.
SHARED = {"dcrc.call.outcome", "dcrc.festival", "dcrc.inspection.schedule", "dcrc.reason"}


@tagged("post_install", "-at_install")
class TestAccess(TransactionCase):
    def _models(self):
        """Our models that have a table of their own."""
        return [
            model
            for model in self.env.registry.values()
            if model._original_module in source.ADDONS and not model._abstract
        ]

    def _first_columns(self):
        """(table, column) of every column that some index begins with."""
        self.env.cr.execute("""
            SELECT c.relname, a.attname FROM pg_index i
              JOIN pg_class c ON c.oid = i.indrelid
              JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]""")
        return set(self.env.cr.fetchall())

    def test_company_is_required_indexed_and_checked(self):
        wrong, indexed = [], self._first_columns()
        for model in self._models():
            company = model._fields.get("company_id")
            if not company or model._transient or not model._auto or company.related:
                continue
            shared = model._name in SHARED or "is_template" in model._fields
            kept = shared or company.required and model._check_company_auto
            if not kept or (model._table, "company_id") not in indexed:
                wrong.append(model._name)
        self.assertFalse(wrong, "company_id: required, indexed, _check_company_auto")

    def test_company_models_have_a_record_rule(self):
        ruled = set(self.env["ir.rule"].search([("groups", "=", False)]).mapped("model_id.model"))
        wrong = [
            model._name
            for model in self._models()
            if "company_id" in model._fields and not model._transient and model._name not in ruled
        ]
        self.assertFalse(wrong, "a global ir.rule by company")

    def test_models_have_access_lines(self):
        granted = set(self.env["ir.model.access"].search([]).mapped("model_id.model"))
        self.assertFalse([model._name for model in self._models() if model._name not in granted])

    def test_every_one2many_has_an_index(self):
        wrong, indexed = [], self._first_columns()
        for model in self._models():
            for name, field in model._fields.items():
                if field.type != "one2many" or not field.store and field.compute:
                    continue
                other = self.env[field.comodel_name]
                inverse = other._fields.get(field.inverse_name)
                ours = inverse is not None and inverse._module in source.ADDONS
                if (
                    ours
                    and inverse.store
                    and inverse.type == "many2one"
                    and ((other._table, inverse.name) not in indexed)
                ):
                    wrong.append(f"{model._name}.{name} ← {field.inverse_name}")
        self.assertFalse(wrong)
