"""What stands on the inbound call sheet (客户来电记录表): numbers are masked on paper."""

from odoo import models


class Hotline(models.Model):
    _inherit = "dcrc.hotline"

    def _get_sheets(self):
        """``[{"dealer", "period", "count", "rows": [{…: text}]}]``: a sheet for each dealer, calls in their order."""
        sheets = []
        for company, records in self.sorted(lambda record: (record.date, record.id)).grouped("company_id").items():
            days = [f"{company._dcrc_to_local(record.date):%Y-%m-%d}" for record in (records[:1], records[-1:])]
            sheets.append(
                {
                    "dealer": company.name,
                    "period": " – ".join(dict.fromkeys(days)),
                    "count": len(records),
                    "rows": [record._prepare_sheet_row() for record in records],
                }
            )
        return sheets

    def _prepare_sheet_row(self):
        named = {
            name: dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
            for name in ("purpose", "urgency", "mood", "state", "answer_kind", "callback_result")
        }
        local = self.company_id._dcrc_to_local
        closed = f"{local(self.closed_on):%m-%d %H:%M}" if self.closed_on else ""
        told = [named["answer_kind"] or named["state"], closed, named["callback_result"]]
        return {
            "name": self.name,
            "time": f"{local(self.date):%m-%d %H:%M}",
            "who": self.who,
            "phone": self.phone_masked or "",
            "car": self.vehicle_id.license_plate or "",
            "purpose": named["purpose"],
            "text": self.text or "",
            "answer": self.answer or "",
            "made": "、".join(row["label"] for row in self._read_made()),
            "mood": "、".join([named["urgency"], named["mood"]]),
            "rings": self.rings,
            "user": self.user_id.name or "",
            "department": self.department_id.name or "",
            "answered": " ".join(filter(None, told)),
        }
