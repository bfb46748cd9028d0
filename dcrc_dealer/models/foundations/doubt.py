from odoo import fields, models
from odoo.tools import SQL

COLUMNS = ("source_id", "company_id", "day", "user_id", "other_id", "partner_id", "res_model", "res_id", "detail")


class Doubt(models.Model):
    """What makes a figure doubtful: to be looked at before anybody is paid by it (KPI, honest figures).

    A view over the rooms' own tables: each adds its kinds to `kind` and a SELECT for each of them to `_doubt_parts`.
    A doubt proves nothing; it names the rows and the people to ask.
    """

    _name = "dcrc.doubt"
    _description = "Doubtful Figures"
    _auto = False
    _order = "day desc, id desc"

    kind = fields.Selection([], readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    day = fields.Date(readonly=True)
    user_id = fields.Many2one("res.users", "Person", readonly=True)
    other_id = fields.Many2one(
        "res.users", "Second Person", readonly=True, help="Who confirmed it, or is credited, too."
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    res_model = fields.Char("Record Model", readonly=True)
    res_id = fields.Many2oneReference("Row", model_field="res_model", readonly=True)
    detail = fields.Float("How Much", readonly=True, aggregator=None, help="Seconds, answers or days, by the kind.")

    @property
    def _table_query(self):
        parts = self._doubt_parts()
        columns = SQL(", ").join(map(SQL.identifier, COLUMNS))
        # a row's id: that of its source, told apart by the place of its kind among all of them
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT d.source_id::bigint * %s + %s AS id, %s::varchar AS kind, %s FROM (%s) d(%s)",
                len(parts) + 1,
                place,
                kind,
                columns,
                select,
                columns,
            )
            for place, (kind, select) in enumerate(sorted({**parts, "": self._select_none()}.items()))
        )

    def _select_none(self):
        return SQL(
            """SELECT 0, NULL::integer, NULL::date, NULL::integer, NULL::integer, NULL::integer, NULL::varchar,
                      NULL::integer, NULL::float WHERE FALSE"""
        )

    def _doubt_parts(self):
        """Extension point: ``{kind: SELECT of COLUMNS}``; ``source_id`` is a row's own number."""
        return {}

    def action_open_row(self):
        """Button: what is doubtful."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
