from odoo import api, models

from ...tools.measure import Formula, Part, Watch, own_days, watch_days, watch_setting

LINE, FILE = "dcrc.sample.line", "dcrc.file.report"
# a car's first visit may be another one when a visit comes, goes or moves
FILE_WATCHES = (
    Watch("dcrc_delivery", own_days("date"), ("date",), ("void", "partner_id")),
    Watch(
        "dcrc_service_visit",
        """SELECT w.company_id, (x.moment AT TIME ZONE 'UTC' AT TIME ZONE k.dcrc_tz)::date AS day FROM m
             JOIN dcrc_service_visit w ON w.vehicle_id = (m.row->>'vehicle_id')::int
             JOIN res_company k ON k.id = w.company_id
            CROSS JOIN LATERAL (VALUES (w.date_in), ((m.row->>'date_in')::timestamp)) x(moment)""",
        ("vehicle_id", "date_in"),
        ("void", "partner_id"),
    ),
    watch_setting("dcrc_file_days"),
)


class Measure(models.Model):
    """Figures of the file itself: accuracy, and files in time (CUS-6, CUS-8)."""

    _inherit = "dcrc.measure"

    @api.model
    def _measures(self):
        verified = [("sample_id.drawn_for", "=", "headquarters"), ("verdict", "!=", False)]
        return {
            **super()._measures(),
            "accuracy": Formula(
                Part(LINE, "verified_on", [*verified, ("verdict", "=", "right")]),
                Part(LINE, "verified_on", verified),
                daily=True,
                watches=(watch_days("dcrc_sample_line", "verified_on", others=("verdict",)),),
            ),
            "files_in_time": Formula(
                Part(FILE, "date", [("in_time", "=", 1)], department="department"),
                Part(FILE, "date", department="department"),
                daily=True,
                watches=FILE_WATCHES,
            ),
        }
