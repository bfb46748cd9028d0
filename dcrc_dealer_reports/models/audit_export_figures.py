from odoo import models

from ..tools.audit_book import Column

CHARTED = 20  # measures in the picture; more would be unreadable


class AuditExport(models.Model):
    """The sheets of figures and of their definitions; every figure is the measure's own (one definition)."""

    _inherit = "dcrc.audit.export"

    def _write_summary(self, book):
        summary = super()._write_summary(book)
        figures = self._get_figures()
        book.notes["figures"] = [  # who checks the seal lists them without opening a sheet
            [figure.measure.code, figure.measure.name, figure.company.name, figure.value, figure.measure.unit]
            for figure in figures
        ]
        self._write_figures(book, figures)
        self._write_definitions(book, figures)
        return summary

    def _get_figures(self):
        """Figures of the period, a list of `Figure` by measure and dealer."""
        return self.env["dcrc.measure"]._find()._get_figures(self.dealer_ids, self.date_from, self.date_to)

    def _write_figures(self, book, figures):
        """Every measure of every dealer, with a chart of the rates of the first one."""
        title = self.env._("Figures")
        columns = [
            Column("code", self.env._("Code")),
            Column("name", self.env._("Measure")),
            Column("company_id.name", self.env._("Dealer")),
            Column("value", self.env._("Value"), "float"),
            Column("unit", self.env._("Unit")),
            Column("numerator", self.env._("Numerator"), "float"),
            Column("denominator", self.env._("Denominator"), "float"),
            Column("excluded", self.env._("Excluded"), "float"),
            Column("words", self.env._("Why There Is None")),
            Column("until", self.env._("Counted Until"), "date"),
        ]
        units = dict(self.env["dcrc.measure"]._fields["unit"]._description_selection(self.env))
        with book.sheet(title, columns) as page:
            charted = []
            for row, figure in enumerate(figures, 2):
                measure = figure.measure
                if measure.unit == "percent" and figure.value is not None and figure.company == self.dealer_ids[:1]:
                    charted.append(row)
                page.add(
                    [
                        measure.code,
                        measure.name,
                        figure.company.name,
                        figure.value,
                        units[measure.unit],
                        figure.numerator,
                        figure.denominator,
                        figure.excluded,
                        figure.words if figure.value is None else None,
                        figure.until or None,
                    ]
                )
            if charted:
                self._add_chart(book, page, charted[:CHARTED])

    def _add_chart(self, book, page, rows):
        """Bars of the rates in these rows of a sheet, beside its columns."""
        name = page.page.get_name().replace("'", "''")
        categories = ",".join(f"'{name}'!$B${row + 1}" for row in rows)
        values = ",".join(f"'{name}'!$D${row + 1}" for row in rows)
        series = {"categories": f"=({categories})", "values": f"=({values})", "data_labels": {"value": True}}
        title = f"{self.dealer_ids[:1].name} %"
        book.add_chart(page, {"type": "bar", "title": title, "series": [series]}, "L3")

    def _write_definitions(self, book, figures):
        """What each measure means, and in which version it was counted."""
        columns = [
            Column("code", self.env._("Code")),
            Column("name", self.env._("Measure")),
            Column("formula", self.env._("How It Is Counted")),
            Column("source", self.env._("Data Source")),
            Column("rule", self.env._("Handbook")),
            Column("version", self.env._("Version"), "integer"),
        ]
        measures = self.env["dcrc.measure"].union(*[figure.measure for figure in figures])
        with book.sheet(self.env._("Definitions"), columns) as page:
            for measure in measures:
                page.add([measure[column.code] or None for column in columns])
