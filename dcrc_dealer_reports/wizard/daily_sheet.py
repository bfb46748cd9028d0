from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import format_date

SOURCES = {"sales": "dcrc.delivery", "service": "dcrc.service.visit"}


class DailySheet(models.TransientModel):
    """Sales and service follow-up sheets of a day (handbook REP-2: 销售/维修回访日报表)."""

    _name = "dcrc.daily.sheet"
    _description = "Daily follow-up sheet"

    kind = fields.Selection(
        [("sales", "Sales follow-ups"), ("service", "Service follow-ups")], required=True, default="sales"
    )
    date = fields.Date("Day", required=True, default=lambda self: self.env.company._dcrc_today())
    company_id = fields.Many2one("res.company", "Dealer", required=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        "res.users", "Specialist", domain="[('share', '=', False)]", help="Empty: the whole team."
    )
    row_count = fields.Integer("Follow-ups on the sheet", compute="_compute_row_count")

    @api.depends("kind", "date", "company_id", "user_id")
    def _compute_row_count(self):
        for sheet in self:
            sheet.row_count = len(sheet._get_followups()) if sheet.date else 0

    def action_print(self):
        """Print the sheet as PDF."""
        return self.env.ref("dcrc_dealer_reports.daily_sheet_report").report_action(self)

    def _get_file_name(self):
        """Name of the PDF, without ending."""
        self.ensure_one()
        return f"{self._get_title()} {self.date}"

    def _get_title(self):
        if self.kind == "sales":
            return self.env._("Daily sales follow-up sheet")
        return self.env._("Daily service follow-up sheet")

    def _get_calls(self):
        """Attempts that ended on the day, oldest first."""
        start, end = self.company_id._dcrc_day_bounds(self.date)
        domain = [
            ("company_id", "=", self.company_id.id),
            ("state", "=", "done"),
            ("ended_at", ">=", start),
            ("ended_at", "<", end),
        ]
        if self.user_id:
            domain.append(("user_id", "=", self.user_id.id))
        return self.env["dcrc.call"].search(domain, order="ended_at, id")

    def _get_followups(self):
        """Follow-ups of the sheet's kind that were called or answered by link on the day."""
        followups = self._get_calls().followup_ids
        if not self.user_id:
            start, end = self.company_id._dcrc_day_bounds(self.date)
            followups |= self.env["dcrc.followup"].search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("link_state", "=", "answered"),
                    ("done_on", ">=", start),
                    ("done_on", "<", end),
                ]
            )
        return followups.filtered(lambda f: f.source_model == SOURCES[self.kind])

    def _get_page(self):
        """Everything the sheet shows, read once: ``{"rows", "questions", "summary"}``."""
        self.ensure_one()
        calls, followups = self._get_calls(), self._get_followups()
        lines = self._get_lines(followups)
        rows = self._get_rows(calls, followups, lines)
        return {"rows": rows, "questions": self._get_questions(lines), "summary": self._get_summary(rows)}

    @api.model
    def _get_questions(self, lines):
        """Scored questions answered on the sheet: ``[(code, title)]``."""
        titles = {}
        for line in lines:
            if line.question_id.dcrc_code and line.dcrc_level:
                titles.setdefault(line.question_id.dcrc_code, line.question_id.title)
        return sorted(titles.items())

    @api.model
    def _get_lines(self, followups):
        # Questionnaires belong to the survey add-on; who reads the follow-up reads its answers.
        followups.check_access("read")
        return followups.sudo().user_input_id.user_input_line_ids

    def _get_rows(self, calls, followups, lines):
        """Rows in the order of the day, each a dict of what the columns show."""
        last_call, attempts = {}, defaultdict(int)
        for call in calls:
            for followup in call.followup_ids:
                last_call[followup.id] = call
                attempts[followup.id] += 1
        lines = lines.grouped(lambda line: line.user_input_id.dcrc_followup_id.id)
        complaints = self._get_complaints(followups)
        rows = []
        for followup in followups:
            call = last_call.get(followup.id, self.env["dcrc.call"])
            row = self._prepare_row(followup, call, lines.get(followup.id, ()))
            row["attempts"] = attempts[followup.id]
            row["complaint"] = "、".join(c.name for c in complaints.get(followup.id, ()))
            rows.append(row)
        return sorted(rows, key=lambda row: (row["moment"], row["customer"]))

    def _prepare_row(self, followup, call, lines):
        moment = call.ended_at or followup.done_on
        partner, car = followup.partner_id, followup.vehicle_id
        source = followup.delivery_id if self.kind == "sales" else followup.visit_id
        answers = {line.question_id.dcrc_code: line.dcrc_level for line in lines if line.dcrc_level}
        words = [text for line in lines for text in (line.value_text_box, line.value_char_box) if text]
        return {
            "moment": moment,
            "time": f"{self.company_id._dcrc_to_local(moment):%H:%M}",
            "customer": partner.name or "",
            "phone": (call.phone_id or partner._dcrc_best_phone()).number_masked or "",
            "plate": car.license_plate or car.vin_sn or "",
            "model": car.model_id.name or "",
            "source": self._get_source_label(source),
            "person": (source.consultant if self.kind == "sales" else source.adviser) or "",
            "answers": answers,
            "words": "；".join(text.strip().rstrip("。；;") for text in [*words, *filter(None, [call.note])]),
            "outcome": (call.outcome_id.name if call else self.env._("Answered by link")) or "",
            "effective": followup.effective,
            "dissatisfied": followup.dissatisfied,
            "specialist": call.user_id.name or "",
        }

    def _get_source_label(self, source):
        if not source:
            return ""
        day = source.date if self.kind == "sales" else (source.date or source.date_in)
        label = f"{day:%m-%d}"
        if self.kind == "service":
            kinds = dict(source._fields["kind"]._description_selection(self.env))
            label = f"{label} {kinds[source.kind]}"
        return label

    @api.model
    def _get_complaints(self, followups):
        """Complaints by the follow-up they came from."""
        complaints = self.env["dcrc.complaint"].search([("followup_id", "in", followups.ids)])
        return complaints.grouped(lambda complaint: complaint.followup_id.id)

    def _get_summary(self, rows):
        """The day in figures; success as FUP-10 has it: effective ÷ due, "–" without any due."""
        due, effective = self._get_due()
        return {
            "called": len(rows),
            "effective": sum(row["effective"] for row in rows),
            "dissatisfied": sum(row["dissatisfied"] for row in rows),
            "not_reached": sum(not row["effective"] for row in rows),
            "due": due,
            "due_effective": effective,
            "rate": f"{effective / due:.1%}" if due else "–",
        }

    def _get_due(self):
        """Follow-ups due on the day that count, and the effective ones among them (FUP-10)."""
        measure, report = self.env["dcrc.measure"]._find(["success"]), self.env["dcrc.success.report"]
        mine = fields.Domain("department", "=", self.kind)
        return tuple(
            report.search_count(
                mine & measure._get_rows_domain(part, self.company_id, self.date, self.date, user=self.user_id)
            )
            for part in ("denominator", "numerator")
        )

    def _format_day(self):
        return format_date(self.env, self.date, date_format="full")
