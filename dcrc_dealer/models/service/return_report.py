from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from .followup import RESULTS

SHOWN = ("return", "return_published")
MONTHS = 6  # of the published formula (REM-7)


class ReturnReport(models.Model):
    """Did reminders bring cars back (handbook REM-5, REM-7)? One row a reminder: a service due counts once.

    It came in time, came early (from the service before on), came after the call, or not. A month that is
    still open for it is no rate yet.

    A visit is credited to the last contact before it, if it came within the dealer's
    window (`res.company.dcrc_return_window_days`). A car that returned without being
    called counts as returned, not as come because of a contact.
    """

    _name = "dcrc.return.report"
    _description = "Return analysis"
    _inherit = ["dcrc.rate.mixin"]
    _auto = False
    _RATES = ("came_rate", "return_rate")
    _order = "date desc, id desc"
    _depends = {
        "dcrc.followup": [
            "state",
            "result",
            "result_reason_id",
            "date_due",
            "date_start",
            "done_on",
            "vehicle_id",
            "user_id",
            "company_id",
            "cancel_reason_id",
            "elsewhere_place",
        ],
        "dcrc.service.visit": ["vehicle_id", "date_in", "kind", "void"],
        "fleet.vehicle": ["model_id"],
        "res.company": ["dcrc_return_window_days"],
    }

    date = fields.Date("Due Date", readonly=True)
    company_id = fields.Many2one("res.company", "Dealer", readonly=True)
    followup_id = fields.Many2one("dcrc.followup", "Reminder", readonly=True)
    rule_id = fields.Many2one("dcrc.followup.rule", "Reason to call", readonly=True)
    kind = fields.Selection(
        [
            ("first_service", "First service"),
            ("periodic_service", "Periodic service"),
            ("warranty_end", "Warranty check"),
            ("inspection", "Annual inspection"),
        ],
        "Type",
        readonly=True,
    )
    user_id = fields.Many2one("res.users", "Specialist", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", readonly=True)
    model_id = fields.Many2one("fleet.vehicle.model", readonly=True)
    result = fields.Selection(RESULTS, "Customer's answer", readonly=True)
    reason_id = fields.Many2one("dcrc.reason", "Reason for not coming", readonly=True)
    elsewhere_place = fields.Char("Other Workshop", readonly=True)
    elsewhere_price = fields.Float("Price there", readonly=True, aggregator="avg")
    due = fields.Integer("Were due", readonly=True)
    contacted = fields.Integer(readonly=True)
    booked = fields.Integer(readonly=True)
    came = fields.Integer("Came after contact", readonly=True)
    returned = fields.Integer(readonly=True, help="Came in time, called or not.")
    came_rate = fields.Float(
        "Came per contact (%)", readonly=True, aggregator="avg", digits=(5, 1), help="Of those contacted."
    )
    return_rate = fields.Float("Return rate (%)", readonly=True, aggregator="avg", digits=(5, 1))
    days = fields.Integer("Days to visit", readonly=True, aggregator="avg")

    @property
    def _table_query(self):
        return SQL("%s %s %s", self._select(), self._from(), self._where())

    def _select(self):
        return SQL(
            """SELECT f.id, f.date_due AS date, f.company_id, f.id AS followup_id, f.rule_id,
                      r.trigger AS kind, f.user_id, f.partner_id, f.vehicle_id, v.model_id, f.result,
                      f.result_reason_id AS reason_id, f.elsewhere_place,
                      NULLIF(f.elsewhere_price, 0) AS elsewhere_price, 1 AS due,
                      (f.state = 'done')::integer AS contacted,
                      (COALESCE(f.result, '') = 'booked')::integer AS booked,
                      (w.id IS NOT NULL)::integer AS came,
                      (x.id IS NOT NULL OR w.id IS NOT NULL)::integer AS returned,
                      CASE WHEN f.state = 'done' THEN 100.0 * (w.id IS NOT NULL)::integer END AS came_rate,
                      CASE WHEN %(settled)s
                           THEN 100.0 * (x.id IS NOT NULL OR w.id IS NOT NULL)::integer END AS return_rate,
                      %(visited)s::date - %(called)s::date AS days""",
            settled=self._is_settled(),
            visited=self._local(SQL("w.date_in")),
            called=self._local(SQL("f.done_on")),
        )

    def _local(self, moment):
        """SQL of a moment on the dealer's clock (alias k): a visit of the first morning hours is of that day."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)", moment)

    def _is_settled(self):
        """The month in which it was due is over, and so is the time to come after it (REM-7)."""
        return SQL(
            """(date_trunc('month', f.date_due) + interval '1 month')::date + k.dcrc_return_window_days
               <= (%s::timestamp AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date""",
            fields.Datetime.now(),
        )

    def _from(self):
        return SQL(
            """FROM dcrc_followup f
               JOIN dcrc_followup_rule r ON r.id = f.rule_id
               JOIN fleet_vehicle v ON v.id = f.vehicle_id
               JOIN res_company k ON k.id = f.company_id
               LEFT JOIN dcrc_reason q ON q.id = f.cancel_reason_id
               LEFT JOIN LATERAL (%s) w ON TRUE
               LEFT JOIN LATERAL (%s) x ON TRUE""",
            self._visit_after_contact(),
            self._visit_in_time(),
        )

    def _fits_reminder(self):
        """A service is answered by a service; other invitations by any visit."""
        return SQL("(r.trigger IN ('warranty_end', 'inspection') OR s.kind IN ('first', 'periodic'))")

    def _visit_after_contact(self):
        """The first fitting visit within the window, unless a later contact led to it."""
        return SQL(
            """SELECT s.id, s.date_in FROM dcrc_service_visit s
                WHERE f.state = 'done' AND s.vehicle_id = f.vehicle_id AND s.date_in >= f.done_on
                  AND s.date_in < f.done_on + k.dcrc_return_window_days * interval '1 day' AND s.void IS NOT TRUE AND %s
                  AND NOT EXISTS (
                      SELECT 1 FROM dcrc_followup g JOIN dcrc_followup_rule o ON o.id = g.rule_id
                       WHERE g.vehicle_id = f.vehicle_id AND g.state = 'done' AND g.id != f.id
                         AND o.trigger = r.trigger AND g.done_on > f.done_on AND g.done_on <= s.date_in)
                ORDER BY s.date_in LIMIT 1""",
            self._fits_reminder(),
        )

    def _visit_in_time(self):
        """A fitting visit up to the window after the reminder's last day (REM-7).

        A service counts from the service before on: who came early came. Other invitations count from
        a week before; one that was called off because the car had come, from the day it was planned.
        """
        return SQL(
            """SELECT s.id FROM dcrc_service_visit s
                WHERE s.vehicle_id = f.vehicle_id
                  AND %s >= CASE WHEN r.trigger IN ('first_service', 'periodic_service')
                          THEN COALESCE(f.service_base_date + 1, '-infinity')
                          ELSE LEAST(f.date_start, CASE WHEN f.state = 'cancelled' THEN f.create_date::date END) - 7
                      END
                  AND %s < f.date_expiry + k.dcrc_return_window_days AND s.void IS NOT TRUE AND %s LIMIT 1""",
            self._local(SQL("s.date_in")),
            self._local(SQL("s.date_in")),
            self._fits_reminder(),
        )

    def _where(self):
        triggers = self.env["dcrc.followup"]._get_reminder_triggers()
        return SQL(
            """WHERE f.source_model = 'fleet.vehicle' AND r.trigger IN %s
                 AND (f.state != 'cancelled' OR q.code = 'came_back')""",
            tuple(triggers),
        )

    @api.model
    @api.readonly
    def get_return_figures(self):
        """What stands above the analysis: the return of the last six months that are settled, told in both ways.

        :return: ``{"start", "stop": days as ISO texts, "months": in words, "figures": [as of
            `dcrc.measure.get_figures`, and "formula": in words]}``: REM-7 first, the published formula beside it
        """
        company = self.env.company
        settled = company._dcrc_today() - relativedelta(days=company.sudo().dcrc_return_window_days)
        stop = settled.replace(day=1) - relativedelta(days=1)
        start = stop.replace(day=1) - relativedelta(months=MONTHS - 1)
        measures = self.env["dcrc.measure"]
        figures = measures.get_figures(list(SHOWN), str(start), str(stop), company.ids)
        formulas = {measure.code: measure.formula for measure in measures._find(list(SHOWN))}
        first, last = (format_date(self.env, day, date_format="yyyy-MM") for day in (start, stop))
        return {
            "start": str(start),
            "stop": str(stop),
            "months": f"{first} – {last}",
            "figures": [{**figure, "formula": formulas[figure["code"]]} for figure in figures],
        }
