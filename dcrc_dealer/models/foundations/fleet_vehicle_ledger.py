from odoo import fields, models


class FleetVehicle(models.Model):
    """Who owns and uses a car, through the ledger `dcrc.vehicle.owner`."""

    _inherit = "fleet.vehicle"

    def _dcrc_link_new(self):
        """Open the ledger of cars just created with an owner or a user."""
        source = self._dcrc_told("dcrc_source") or "manual"
        today = self.env.company._dcrc_today()
        vals_list = []
        for car in self:
            for role, partner in (("owner", car.dcrc_owner_id), ("user", car.dcrc_user_id)):
                if partner:
                    start = car.dcrc_delivery_date if role == "owner" else False
                    vals_list.append(car._dcrc_prepare_link(role, partner, start or today, source))
        self.env["dcrc.vehicle.owner"].sudo().create(vals_list)

    def _dcrc_write_people(self, vals):
        """Take owner and user out of `vals` and write them through the ledger."""
        today = self.env.company._dcrc_today()
        source = self._dcrc_told("dcrc_source") or "manual"
        if "dcrc_owner_id" in vals:
            partner = self.env["res.partner"].browse(vals.pop("dcrc_owner_id") or ())
            free = self._dcrc_free_to_change("dcrc_owner_id", partner.id)
            free._dcrc_set_owners([(car, partner, today) for car in free], source)
        if "dcrc_user_id" in vals:
            partner = self.env["res.partner"].browse(vals.pop("dcrc_user_id") or ())
            free = self._dcrc_free_to_change("dcrc_user_id", partner.id)
            free._dcrc_set_users([(car, partner, today) for car in free], source)

    def _dcrc_free_to_change(self, name, value):
        """Return the cars whose key field may change now; propose it for the others (CUS-7)."""
        if self._dcrc_may_change_keys():
            return self
        guarded = self.filtered(lambda car: car._dcrc_changed_keys([name], {name: value}))
        for car in guarded:
            car._dcrc_propose({name: value})
        return self - guarded

    def _dcrc_changed_keys(self, keys, vals):
        """Owner and user count where the customer of the car, once known, would be another one."""
        people = [name for name in keys if name in ("dcrc_owner_id", "dcrc_user_id")]
        changed = super()._dcrc_changed_keys([name for name in keys if name not in people], vals)
        if not self._dcrc_is_guarded():
            return changed
        for name in people:
            other = self[name].id != (vals[name] or False) and self.dcrc_contact_id.id != vals[name]
            if other and self.dcrc_contact_id and (name == "dcrc_owner_id" or not self.dcrc_owner_id):
                changed.add(name)
        return changed

    def _dcrc_accept(self, name, value, follow):
        """The new owner a list told of: since its day, and the papers it named go along (FUP-12)."""
        if name != "dcrc_owner_id" or not follow.get("date"):
            return super()._dcrc_accept(name, value, follow)
        self.check_access("write")
        partner = self.env["res.partner"].browse(value)
        self._dcrc_set_owner(partner, fields.Date.to_date(follow["date"]), "dms")
        for model, paper_id in follow.get("papers", ()):
            self.env[model].browse(paper_id).exists().partner_id = partner
        return None

    def _dcrc_set_owner(self, partner, date, source="manual"):
        """Make `partner` the owner since `date` (handbook CUS-2, CUS-10)."""
        self._dcrc_set_owners([(car, partner, date) for car in self], source)

    def _dcrc_set_owners(self, changes, source="manual", notes=None):
        """Hand cars over to new owners, set-based.

        ``changes``: list of ``(car, partner, date)``; an empty partner leaves the
        car without an owner. The old line is closed, history stays with the car.
        ``notes``: ``{car id: why}`` where it was no sale.
        """
        cars = self.browse([car.id for car, _partner, _date in changes]).sudo()
        changes = [c for c in changes if c[0].sudo().dcrc_owner_id != c[1]]
        if not changes:
            return
        ledger = self.env["dcrc.vehicle.owner"].sudo()
        open_lines = ledger.search([("vehicle_id", "in", cars.ids), ("role", "=", "owner"), ("date_to", "=", False)])
        lines = {line.vehicle_id.id: line for line in open_lines}
        vals_list, gone = [], []
        for car, partner, date in changes:
            line = lines.get(car.id)
            if line:
                line.date_to = max(date, line.date_from or date)
                if (notes or {}).get(car.id):
                    line.note = notes[car.id]
                gone.append((car, line.partner_id, partner))
            if partner:
                link = car._dcrc_prepare_link("owner", partner, date, source)
                vals_list.append({**link, "note": (notes or {}).get(car.id)})
            car.sudo().with_context(dcrc_ledger=True, dcrc_direct_write=True).dcrc_owner_id = partner
        ledger.flush_model(["date_to", "note"])
        ledger.create(vals_list)
        self._dcrc_owner_changed(gone)

    def _dcrc_set_users(self, changes, source="manual"):
        """Note main users of cars; like `_dcrc_set_owners`, but users add up."""
        ledger = self.env["dcrc.vehicle.owner"].sudo()
        known = ledger.search(
            [
                ("vehicle_id", "in", [car.id for car, _partner, _date in changes]),
                ("role", "=", "user"),
                ("date_to", "=", False),
            ]
        )
        pairs = {(line.vehicle_id.id, line.partner_id.id) for line in known}
        vals_list = []
        for car, partner, date in changes:
            if partner and (car.id, partner.id) not in pairs:
                pairs.add((car.id, partner.id))
                vals_list.append(car._dcrc_prepare_link("user", partner, date, source))
            car.sudo().with_context(dcrc_ledger=True).dcrc_user_id = partner
        ledger.create(vals_list)

    def _dcrc_prepare_link(self, role, partner, date, source):
        """Values of a ledger line."""
        return {
            "vehicle_id": self.id,
            "partner_id": partner.id,
            "company_id": self.sudo().company_id.id,
            "role": role,
            "date_from": date,
            "source": source,
        }

    def _dcrc_owner_changed(self, changes):
        """Hook after ownership changed: list of ``(car, old owner, new owner)``."""
