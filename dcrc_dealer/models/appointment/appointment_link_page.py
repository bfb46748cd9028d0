from odoo import api, fields, models


class Appointment(models.Model):
    """What the page behind the customer's link shows."""

    _inherit = "dcrc.appointment"

    @api.model
    def _link_default_lang(self):
        """Chinese where it is installed: the page is for Chinese customers."""
        installed = dict(self.env["res.lang"].get_installed())
        return "zh_CN" if "zh_CN" in installed else next(iter(installed), "en_US")

    def _link_lang(self):
        installed = dict(self.env["res.lang"].get_installed())
        lang = self.partner_id.lang
        # en_US is what Odoo writes into every contact when nobody chose
        return lang if lang in installed and lang != "en_US" else self._link_default_lang()

    def _get_link_page(self, message="", done=True, alternatives=(), choose=None, ask=None, day=None, kind=None):
        """Values of the page template; unknown days and kinds are taken for none (called as root)."""
        self.ensure_one()
        may_change = self._link_may_change()
        choosing = self.state == "draft" or bool(choose and may_change)
        shown = self._link_shown_kind(kind)
        values = {
            "url": f"/dcrc/appointment/{self.access_token}",
            "state": self.state,
            "message": message,
            "done": done,
            "alternatives": list(alternatives),
            "may_change": may_change,
            "asking": bool(ask),
            "choosing": choosing,
            "name": self.partner_id._dcrc_title_name(),
            "plate": self.vehicle_id.license_plate or "",
            "kind": self.kind_id.name,
            "kind_id": shown.id,
            "benefits": self.benefits or "",
            "papers": self.kind_id.papers or "",
            "when": self._format_moment(self.start) if self.state != "draft" and self.start else "",
            "dealer": self._get_link_dealer(),
        }
        return {**values, **(self._get_link_choices(shown, day) if choosing else {})}

    def _get_link_dealer(self):
        partner = self.company_id.partner_id
        address = "".join(filter(None, [partner.city, partner.street, partner.street2]))
        phone = partner._phone_format(fname="phone", force_format="NATIONAL") or partner.phone
        return {"name": self.company_id.name, "phone": phone or "", "address": address}

    def _link_shown_kind(self, kind):
        """The kind whose times are shown: another one may be looked at while nothing is booked."""
        if self.state != "draft" or not kind:
            return self.kind_id
        return self._link_kinds().filtered(lambda k: str(k.id) == str(kind)) or self.kind_id

    def _get_link_choices(self, kind, day):
        company = self.company_id
        days = self._link_days()
        book = self._get_days_book(company, days, but=self)
        needs = self._get_needs(kind, self.adviser_wanted and self.adviser_id)
        opened = [one for one in days if any(book.starts(*company._dcrc_day_bounds(one)))]
        earliest = self._link_earliest()
        free = [one for one in opened if self._find_day(book, needs, company, [one], earliest)]
        chosen = self._link_chosen_day(opened, free, day)
        slots = self._look(book, needs, company, chosen, earliest) if chosen else []
        return {
            "day": fields.Date.to_string(chosen) if chosen else "",
            "days": [
                {
                    "day": fields.Date.to_string(one),
                    "weekday": self._format_date("EEE", one),
                    "label": self._format_date("Md", one),
                    "free": one in free,
                }
                for one in opened
            ],
            "slots": [self._prepare_slot(company, slot, book, needs) for slot in slots if slot.picks],
            "kinds": [{"id": k.id, "name": k.name, "now": k == kind} for k in self._link_kinds()],
            "offered": self.offer_open
            and {
                "start": fields.Datetime.to_string(self.offered_start),
                "label": self._format_moment(self.offered_start),
                "until": self._format_moment(self.offered_until),
            },
        }

    def _link_chosen_day(self, opened, free, day):
        """The day that was asked for, else the first with a free time."""
        try:
            asked = fields.Date.to_date(day)
        except ValueError:
            asked = None
        return asked if asked in opened else next(iter(free or opened), None)
