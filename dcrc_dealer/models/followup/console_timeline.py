from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools.given import Flag, Id, Text, Whole, given

PAGE_MAX = 200
COLUMNS = ["date", "kind", "title", "detail", "vehicle_id", "user_id", "res_model", "res_id"]


class Console(models.AbstractModel):
    """The customer's timeline, page by page."""

    _inherit = "dcrc.console"

    @api.model
    @api.readonly
    @given(partner_id=Id("res.partner"), kind=Text, text=Text, offset=Whole, limit=Whole, with_kinds=Flag)
    def get_timeline(self, partner_id, kind=None, text=None, offset=0, limit=40, with_kinds=False):
        """Return a page of what happened with a customer, newest first (CUS-3).

        Open to everybody who reads the dealer's files, not to specialists alone.

        :param kind: only this kind of `dcrc.timeline`.
        :param text: only entries that contain it.
        :param with_kinds: count the entries of each kind, whatever `kind` and `text` say.
        :return: ``{"entries": [{"id", "date", "kind", "kind_label", "title", "detail", "vehicle",
            "user", "res_model", "res_id"}], "total": int, "kinds": [{"kind", "label", "count"}]|None}``
        """
        timeline = self.env["dcrc.timeline"]
        partner = self.env["res.partner"].browse(partner_id).exists()
        if not partner or not timeline.has_access("read"):
            raise AccessError(self.env._("This customer is not in your files."))
        partner.check_access("read")
        base = Domain(partner._dcrc_timeline_domain())
        domain = base & (Domain("kind", "=", kind) if kind else Domain.TRUE)
        if text:
            domain &= Domain("title", "ilike", text) | Domain("detail", "ilike", text)
        # ids of the view are computed: reading by id would scan every table behind it
        offset, limit = max(offset or 0, 0), min(max(limit or 0, 1), PAGE_MAX)
        entries = timeline.search_fetch(domain, COLUMNS, offset=offset, limit=limit)
        labels = dict(timeline._fields["kind"]._description_selection(self.env))
        full = len(entries) == limit or offset
        return {
            "entries": [self._prepare_entry(entry, labels) for entry in entries],
            "total": timeline.search_count(domain) if full else len(entries),
            "kinds": self._count_kinds(base, labels) if with_kinds else None,
        }

    def _prepare_entry(self, entry, labels):
        return {
            "id": entry.id,
            "date": fields.Datetime.to_string(entry.date),
            "kind": entry.kind,
            "kind_label": labels.get(entry.kind, entry.kind),
            "title": entry.title or "",
            "detail": self._translate_detail(entry),
            "vehicle": entry.vehicle_id.license_plate or entry.vehicle_id.vin_sn or "",
            "user": entry.user_id.sudo().name or "",
            "res_model": entry.res_model or "",
            "res_id": entry.res_id,
        }

    def _translate_detail(self, entry):
        if entry.kind == "ownership":
            roles = self.env["dcrc.vehicle.owner"]._fields["role"]._description_selection(self.env)
            return dict(roles).get(entry.detail, entry.detail or "")
        return entry.detail or ""

    def _count_kinds(self, domain, labels):
        groups = self.env["dcrc.timeline"]._read_group(domain, ["kind"], ["__count"])
        return [{"kind": kind, "label": labels.get(kind, kind), "count": n} for kind, n in groups]
