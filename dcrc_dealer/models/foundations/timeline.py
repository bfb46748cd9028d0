from odoo import fields, models
from odoo.tools import SQL

COLUMNS = (
    "date",
    "kind",
    "partner_id",
    "vehicle_id",
    "company_id",
    "title",
    "detail",
    "res_model",
    "res_id",
    "user_id",
)


class Timeline(models.Model):
    """Everything that happened with a customer, newest first (CUS-3).

    A view over the rooms' own tables: each adds its kinds to `kind` and a SELECT for
    each of them to `_timeline_parts`.
    """

    _name = "dcrc.timeline"
    _description = "Customer's timeline"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "dcrc.delivery": ["date", "partner_id", "vehicle_id", "company_id", "order_no", "consultant", "void"],
        "dcrc.service.visit": [
            "date_in",
            "partner_id",
            "vehicle_id",
            "company_id",
            "order_no",
            "work",
            "mileage",
            "adviser",
            "void",
        ],
        "dcrc.vehicle.owner": ["date_from", "partner_id", "vehicle_id", "company_id", "role"],
        "dcrc.change.proposal": [
            "partner_id",
            "company_id",
            "res_model",
            "res_id",
            "field_name",
            "old_value",
            "new_value",
            "user_id",
        ],
    }

    date = fields.Datetime(readonly=True)
    kind = fields.Selection(
        [
            ("delivery", "Delivery"),
            ("visit", "Service visit"),
            ("ownership", "Owner or user"),
            ("proposal", "Proposed change"),
        ],
        "Type",
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    title = fields.Char(readonly=True)
    detail = fields.Char(readonly=True)
    res_model = fields.Char("Record Model", readonly=True)
    res_id = fields.Integer("Record", readonly=True)
    user_id = fields.Many2one("res.users", "Done By", readonly=True)

    @property
    def _table_query(self):
        parts = self._timeline_parts()
        # a row's id: that of its source, told apart by the place of its part among all of them
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT t.source_id::bigint * %s + %s AS id, %s FROM (%s) t(source_id, %s)",
                len(parts),
                place,
                SQL(", ").join(SQL.identifier("t", name) for name in COLUMNS),
                part,
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
            )
            for place, part in enumerate(parts)
        )

    def _timeline_parts(self):
        """Extension point: SELECTs of the source's id and then `COLUMNS`, in their order."""
        return [
            self._timeline_deliveries(),
            self._timeline_visits(),
            self._timeline_links(),
            self._timeline_proposals(),
        ]

    def _timeline_deliveries(self):
        return SQL(
            """SELECT d.id, d.date::timestamp + interval '4 hours', 'delivery',
                      d.partner_id, d.vehicle_id, d.company_id, d.order_no,
                      CASE WHEN d.void THEN CONCAT_WS(' · ', %s, d.void_reason) ELSE d.consultant END,
                      'dcrc.delivery', d.id, NULL::integer
                 FROM dcrc_delivery d""",
            self.env._("void"),
        )

    def _timeline_visits(self):
        return SQL(
            """SELECT s.id, s.date_in, 'visit', s.partner_id, s.vehicle_id, s.company_id,
                      COALESCE(s.work, s.order_no),
                      CASE WHEN s.void THEN CONCAT_WS(' · ', %s, s.void_reason)
                           ELSE CONCAT_WS(' · ', TO_CHAR(NULLIF(s.mileage, 0), 'FM9,999,999') || ' ' || %s, s.adviser)
                           END,
                      'dcrc.service.visit', s.id, NULL::integer
                 FROM dcrc_service_visit s""",
            self.env._("void"),
            self.env._("km"),
        )

    def _timeline_links(self):
        return SQL(
            """SELECT o.id, o.date_from::timestamp + interval '3 hours', 'ownership',
                      o.partner_id, o.vehicle_id, o.company_id, p.name, o.role,
                      'dcrc.vehicle.owner', o.id, NULL::integer
                 FROM dcrc_vehicle_owner o JOIN res_partner p ON p.id = o.partner_id"""
        )

    def _timeline_proposals(self):
        label = SQL("COALESCE(f.field_description ->> %s, f.field_description ->> 'en_US')", self.env.lang or "en_US")
        return SQL(
            """SELECT p.id, p.create_date, 'proposal', p.partner_id,
                      CASE WHEN p.res_model = 'fleet.vehicle' THEN p.res_id END, p.company_id,
                      CONCAT(p.old_value, ' → ', p.new_value), %s,
                      'dcrc.change.proposal', p.id, p.user_id
                 FROM dcrc_change_proposal p
                 LEFT JOIN ir_model_fields f ON f.model = p.res_model AND f.name = p.field_name""",
            label,
        )
