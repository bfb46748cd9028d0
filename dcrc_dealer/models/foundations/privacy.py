"""Everything that is known of one person: told, taken away, or kept for a time (PIPL art. 19, 45, 47)."""

import io

import xlsxwriter
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS
from odoo.tools import SQL, html2plaintext

from .worker import Worker

BATCH = 200
NOTHING = "–"  # in place of a text that can't be empty


class Privacy(models.AbstractModel):
    """The rows of a person, found by introspection, and what becomes of them.

    A model of ours with a many2one to a contact belongs to that person; what of it is personal
    says the mark of its fields (see `Base`). So a later room joins by itself. What hangs on a
    person in another way is named in `_sources`; what is kept for a time in `_kinds`.
    """

    _name = "dcrc.privacy"
    _description = "One Person's Data"

    # -- where it is ---------------------------------------------------------

    @api.model
    def _sources(self, partners):
        """Extension point: return ``{model name: domain}`` of all rows about `partners`."""
        cars = Domain("dcrc_owner_id", "in", partners.ids) | Domain("dcrc_user_id", "in", partners.ids)
        found = {"res.partner": Domain("id", "in", partners.ids), "fleet.vehicle": cars}
        for name, model in sorted(self.env.items()):
            if not name.startswith("dcrc.") or not model._auto or model._abstract or model._transient:
                continue
            links = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one" and field.comodel_name == "res.partner" and field.store
            ]
            domains = [Domain(link, "in", partners.ids) for link in links]
            if domains:
                found[name] = Domain.OR(domains)
        return found

    @api.model
    def _rows(self, partners):
        """Return [records] of everything about `partners`, archived ones too."""
        result = []
        for name, domain in self._sources(partners).items():
            model = self.env[name].sudo().with_context(active_test=False)
            result.append(model.search(domain, order="id"))
        return result

    # -- telling (art. 45) ---------------------------------------------------

    @api.model
    def _export(self, partner):
        """Return a workbook (bytes) with a sheet for each kind of row about `partner`; logged.

        Texts are texts in it, whatever they begin with.
        """
        stream = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(stream, options)
        count = 0
        for rows in [*self._rows(partner), self._messages(partner)]:
            if rows:
                count += len(rows)
                self._write_sheet(book, rows)
        book.close()
        self.env["dcrc.privacy.log"]._note("export", partner, count)
        return stream.getvalue()

    def _write_sheet(self, book, rows):
        label = self.env["ir.model"]._get(rows._name).name
        sheet = book.add_worksheet(self._sheet_name(book, label))
        names = [name for name, field in rows._fields.items() if self._is_told(field)]
        for column, name in enumerate(names):
            sheet.write_string(0, column, rows._fields[name]._description_string(self.env))
        for line, row in enumerate(rows, 1):
            for column, name in enumerate(names):
                sheet.write_string(line, column, self._as_text(row, name))

    def _sheet_name(self, book, label):
        base = "".join(char for char in label if char not in "[]:*?/\\'")[:25] or "?"
        taken = {sheet.get_name().lower() for sheet in book.worksheets()}
        return next(
            name for name in (base, *(f"{base} {number}" for number in range(2, 999))) if name.lower() not in taken
        )

    def _is_told(self, field):
        technical = field.name in MAGIC_COLUMNS or field.name.endswith(("_token", "_secret"))
        return field.store and not technical and field.type not in ("binary", "one2many", "many2one_reference")

    def _as_text(self, row, name):
        value = row[name]
        if isinstance(value, models.BaseModel):
            return "、".join(value.mapped("display_name"))
        if row._fields[name].type == "selection" and value:
            return str(dict(row._fields[name]._description_selection(self.env)).get(value, value))
        if row._fields[name].type == "html":
            value = html2plaintext(value or "")
        return "" if value is False or value is None else str(value)[:32000]

    def _messages(self, partners):
        """Messages on everything about `partners`."""
        domains = [
            Domain("model", "=", rows._name) & Domain("res_id", "in", rows.ids)
            for rows in self._rows(partners)
            if rows and hasattr(rows, "message_ids")
        ]
        return self.env["mail.message"].sudo().search(Domain.OR(domains)) if domains else self.env["mail.message"]

    # -- taking away (art. 47) -------------------------------------------------

    @api.model
    def _anonymise(self, partners, why="anonymise"):
        """Take everything personal off the rows of `partners`; the rows stay for the figures."""
        for partner in partners:
            messages = self._messages(partner)
            rows_list = self._rows(partner)
            self._empty_messages(messages)
            for rows in rows_list:
                self._empty(rows)
            self._leave_queue(partner)
            self.env["dcrc.privacy.log"]._note(why, partner, sum(map(len, rows_list)))

    def _empty_messages(self, messages):
        messages.tracking_value_ids.unlink()
        messages.attachment_ids.unlink()
        messages.write({"body": NOTHING, "subject": False, "email_from": False})

    def _empty(self, rows):
        """Empty the marked columns of `rows`, logs and papers included: by SQL, past their guards."""
        if not rows:
            return
        self.env["ir.attachment"].sudo().search([("res_model", "=", rows._name), ("res_id", "in", rows.ids)]).unlink()
        names = [f.name for f in rows._fields.values() if getattr(f, "dcrc_personal", None) and f.store]
        columns = [SQL("%s = %s", SQL.identifier(name), self._nothing(rows, name)) for name in names]
        if not columns:
            return
        rows.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE %s SET %s WHERE id = ANY(%s)", SQL.identifier(rows._table), SQL(", ").join(columns), rows.ids)
        )
        rows.invalidate_recordset()
        rows.modified(names)
        self.env.flush_all()

    def _nothing(self, rows, name):
        """SQL of what stands in a marked column afterwards."""
        field = rows._fields[name]
        if field.type in ("char", "text", "html"):
            if field.dcrc_personal == "name":
                return SQL("%s || id", self.env._("Anonymized "))
            if field.required:
                return SQL("%s || id", NOTHING)  # unlike the others: numbers are unique
        return SQL("NULL")

    def _leave_queue(self, partner):
        """Nobody calls a person without a name."""
        partner = partner.sudo().with_context(dcrc_direct_write=True, tracking_disable=True, dcrc_phone_synced=True)
        partner.dcrc_phone_ids.write({"state": "empty"})
        partner.write({"active": False, "category_id": [fields.Command.clear()], "image_1920": False})

    # -- keeping for a time (art. 19) ------------------------------------------

    @api.model
    def _kinds(self):
        """Extension point: ``{kind: (label, field of the company with its months)}``.

        A kind has `_find_<kind>(company, before)`, the rows that are older than a moment, and
        `_drop_<kind>(rows)`.
        """
        return {"customers": (self.env._("Customers without any event"), "dcrc_keep_customers_months")}

    @api.model
    def _preview(self, company):
        """Return [(label, months, rows that would go tonight)]; nothing is changed."""
        result = []
        for kind, (label, field) in self._kinds().items():
            result.append((label, company[field], len(self._find(company, kind))))
        return result

    def _find(self, company, kind):
        months = company[self._kinds()[kind][1]]
        if months <= 0:
            return self.env["res.partner"]
        before = fields.Datetime.now() - relativedelta(months=months)
        return getattr(self.sudo(), f"_find_{kind}")(company, before)

    @api.model
    def _cron_retain(self):
        """Take away what dealers keep no longer; batch by batch, goes on where it stopped."""
        worker = Worker(self.env)
        dealers = self.env["res.company"]._dcrc_dealers().filtered("dcrc_retention_on")
        pieces = [(dealer, kind) for dealer in dealers for kind in self._kinds()]
        worker.run(pieces, lambda piece: worker.drain(self._retain_batch, *piece))

    def _retain_batch(self, company, kind):
        """Take away the next rows of a kind; return how many there were."""
        rows = self._find(company, kind)[:BATCH]
        if rows:
            self._drop(company, kind, rows)
        return len(rows)

    def _drop(self, company, kind, rows):
        getattr(self.sudo(), f"_drop_{kind}")(rows)
        if kind != "customers":  # those are logged one by one
            self.env["dcrc.privacy.log"]._note("retention", self.env["res.partner"], len(rows), company, kind)

    def _find_customers(self, company, before):
        """Customers of whom nothing has been heard since, by their timeline."""
        heard = Domain("date", ">=", before) & Domain("partner_id", "!=", False)
        query = self.env["dcrc.timeline"]._search(heard & Domain("company_id", "=", company.id))
        domain = Domain("dcrc_customer", "=", True) & Domain("company_id", "=", company.id)
        domain &= Domain("create_date", "<", before) & Domain("id", "not in", query.subselect("partner_id"))
        done = self.env["dcrc.privacy.log"]._search([("what", "in", ("anonymise", "retention"))])
        domain &= Domain("dcrc_privacy_log_ids", "not any", [("id", "in", done)])
        return self.env["res.partner"].with_context(active_test=False).search(domain, limit=10_000)

    def _drop_customers(self, partners):
        self._anonymise(partners, "retention")
