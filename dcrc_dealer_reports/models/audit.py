from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.dcrc_dealer.tools.mask import mask_name, mask_numbers

from ..tools.audit_book import Column

KINDS = {
    "integer": "integer",
    "many2one": "integer",
    "many2one_reference": "integer",
    "float": "float",
    "monetary": "float",
    "date": "date",
    "datetime": "datetime",
}
BATCH = 2000


class Audit(models.AbstractModel):
    """Reads the rows of audit sheets: one SELECT a sheet, handed on in batches."""

    _inherit = "dcrc.audit"

    @api.model
    def _audit_columns(self, sheet):
        """The columns of a sheet, as `Column`."""
        columns = []
        for path in sheet.columns.split():
            first = self.env[sheet.model]._fields[path.split(".")[0]]
            label = sheet.labels.get(path) or first._description_string(self.env)
            columns.append(Column(path, label, KINDS.get(self._last_field(sheet, path).type, "text")))
        return columns

    @api.model
    def _audit_rows(self, sheet, companies, first, last):
        """Yield the rows of a sheet: lists of what the cells hold, oldest row first.

        :param companies: the dealers
        :param first: first day of the period, `last` its last one, both counted

        Rules of access are those of the user who asks; rows come from one snapshot, the transaction's.
        """
        paths = sheet.columns.split()
        query = self.env[sheet.model]._search(self._audit_domain(sheet, companies, first, last), order="id")
        select = query.select(*[self._audit_sql(sheet, path, query) for path in paths])
        shapes = [self._audit_shape(sheet, path) for path in paths]
        name = SQL.identifier("dcrc_audit_rows")
        self.env.flush_all()
        self.env.cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s", name, select))
        try:
            while rows := self._fetch(name):
                for row in rows:
                    yield [shape(value) for shape, value in zip(shapes, row, strict=True)]
        finally:
            self.env.cr.execute(SQL("CLOSE %s", name))

    def _fetch(self, name):
        self.env.cr.execute(SQL("FETCH %s FROM %s", BATCH, name))
        return self.env.cr.fetchall()

    @api.model
    def _audit_domain(self, sheet, companies, first, last):
        """The rows of a sheet: of these dealers, in this period on the clock of the first of them."""
        day = self.env[sheet.model]._fields[sheet.day]
        start, stop = companies[:1]._dcrc_day_bounds(first)[0], companies[:1]._dcrc_day_bounds(last)[1]
        if day.type == "date":
            period = Domain(sheet.day, ">=", first) & Domain(sheet.day, "<=", last)
        else:
            period = Domain(sheet.day, ">=", start) & Domain(sheet.day, "<", stop)
        return Domain(list(sheet.domain)) & Domain(sheet.company, "in", companies.ids) & period

    def _last_field(self, sheet, path):
        """The field at the end of a path."""
        model = self.env[sheet.model]
        *steps, last = path.split(".")
        for step in steps:
            model = self.env[model._fields[step].comodel_name]
        return model._fields[last]

    def _audit_sql(self, sheet, path, query):
        """SQL of a path, its records joined to the query; the user must be allowed to read each field."""
        model, alias = self.env[sheet.model], query.table
        *steps, last = path.split(".")
        for step in steps:
            model._check_field_access(model._fields[step], "read")
            comodel = self.env[model._fields[step].comodel_name]
            alias = query.left_join(alias, step, comodel._table, "id", step)
            model = comodel
        return model._field_to_sql(alias, last, query)

    def _audit_shape(self, sheet, path):
        """A function that turns a value of a path into what its cell holds."""
        field = self._last_field(sheet, path)
        if field.type == "selection":
            words = dict(field._description_selection(self.env))
            return lambda value: words.get(value, value)
        if field.type == "boolean":
            words = {True: self.env._("Yes"), False: self.env._("No")}
            return lambda value: words[bool(value)]
        if field.type == "datetime":
            local = self.env.company._dcrc_to_local
            return lambda value: value and local(value).replace(tzinfo=None)
        if field.model_name == "res.partner" and field.name == "name":
            return mask_name
        if getattr(field, "dcrc_personal", None) == "words":  # people type numbers into them
            return mask_numbers
        return lambda value: value
