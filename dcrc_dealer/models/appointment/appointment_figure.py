from odoo import fields, models
from odoo.tools import SQL


class AppointmentFigure(models.Model):
    """Appointment rate, arrival rate, load by hour (APT-5).

    One row for each appointment and one for each repair order. A rate is the mean of a
    1-or-0 column that is empty in rows it says nothing about, so every grouping is right.
    """

    _name = "dcrc.appointment.figure"
    _description = "Appointment analysis"
    _auto = False
    _order = "day desc"
    _rec_name = "day"
    _depends = {
        "dcrc.appointment": [
            "company_id",
            "day",
            "hour",
            "kind_id",
            "adviser_id",
            "user_id",
            "channel",
            "state",
            "walk_in",
            "visit_id",
        ],
        "dcrc.service.visit": ["company_id", "date_in", "booked", "void"],
        "res.company": ["dcrc_tz"],
    }

    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    source = fields.Selection([("appointment", "Appointment"), ("visit", "Arrival")], "Data Source", readonly=True)
    day = fields.Date(readonly=True)
    hour = fields.Char(readonly=True, help="Hour of the dealer's day.")
    kind_id = fields.Many2one("dcrc.appointment.kind", "Service type", readonly=True)
    adviser_id = fields.Many2one("dcrc.appointment.resource", readonly=True)
    user_id = fields.Many2one("res.users", "Booked by", readonly=True)
    channel = fields.Selection(
        [
            ("inbound", "Customer called"),
            ("active", "Called by the center"),
            ("campaign", "Campaign"),
            ("link", "By the customer's link"),
        ],
        readonly=True,
    )
    state = fields.Selection(
        [
            ("booked", "Booked"),
            ("confirmed", "Confirmed"),
            ("late", "Late"),
            ("arrived", "Arrived"),
            ("served", "Served"),
            ("no_show", "No-show"),
            ("cancelled", "Cancelled"),
        ],
        readonly=True,
    )
    nb_appointments = fields.Integer("Appointments", readonly=True)
    nb_walk_ins = fields.Integer("Walk-ins by phone", readonly=True)
    nb_decided = fields.Integer(
        "Arrived or not", readonly=True, help="Appointments whose customer came, or whose day is over."
    )
    nb_came = fields.Integer("Arrived", readonly=True)
    nb_no_show = fields.Integer("No-show", readonly=True)
    nb_cancelled = fields.Integer("Cancelled", readonly=True)
    nb_visits = fields.Integer("Arrivals", readonly=True)
    nb_booked_visits = fields.Integer("Arrivals by appointment", readonly=True)
    arrival_rate = fields.Float(
        "Arrival rate",
        readonly=True,
        aggregator="avg",
        help="Who came ÷ appointments whose day is over or who are here; cancelled ones don't count.",
    )
    appointment_rate = fields.Float(
        "Appointment rate", readonly=True, aggregator="avg", help="Arrivals by appointment ÷ all arrivals."
    )

    @property
    def _table_query(self):
        return SQL(
            """SELECT s.*, CASE WHEN s.nb_decided = 1 THEN s.nb_came::numeric END AS arrival_rate
                 FROM (%s UNION ALL %s) s""",
            self._select_appointments(),
            self._select_visits(),
        )

    def _select_appointments(self):
        return SQL(
            """SELECT a.id * 2 AS id, a.company_id, 'appointment' AS source, a.day,
                      LPAD(a.hour::text, 2, '0') || ':00' AS hour, a.kind_id, a.adviser_id, a.user_id,
                      a.channel, a.state,
                      CASE WHEN a.walk_in OR a.state = 'cancelled' THEN 0 ELSE 1 END AS nb_appointments,
                      a.walk_in::integer AS nb_walk_ins,
                      (a.walk_in IS NOT TRUE AND a.state IN ('arrived', 'served', 'no_show'))::integer AS nb_decided,
                      (a.state IN ('arrived', 'served'))::integer AS nb_came,
                      (a.state = 'no_show')::integer AS nb_no_show,
                      (a.state = 'cancelled')::integer AS nb_cancelled,
                      0 AS nb_visits, 0 AS nb_booked_visits, NULL::numeric AS appointment_rate
                 FROM dcrc_appointment a
                WHERE a.state != 'draft' AND a.day IS NOT NULL"""
        )

    def _select_visits(self):
        local = SQL("(v.date_in AT TIME ZONE 'UTC') AT TIME ZONE c.dcrc_tz")
        return SQL(
            """SELECT v.id * 2 + 1, v.company_id, 'visit', (%(local)s)::date,
                      TO_CHAR(%(local)s, 'HH24') || ':00', a.kind_id, a.adviser_id, a.user_id,
                      a.channel, NULL::varchar, 0, 0, 0, 0, 0, 0, 1,
                      COALESCE(NOT a.walk_in, v.booked, FALSE)::integer,
                      CASE WHEN COALESCE(NOT a.walk_in, v.booked, FALSE) THEN 1.0 ELSE 0.0 END
                 FROM dcrc_service_visit v
                 JOIN res_company c ON c.id = v.company_id
                 LEFT JOIN dcrc_appointment a ON a.visit_id = v.id
                WHERE v.void IS NOT TRUE""",
            local=local,
        )
