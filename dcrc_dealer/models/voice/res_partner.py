"""What the file knows of a customer's complaints and corrections."""

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.phone import normalise_phone


class ResPartner(models.Model):
    _inherit = "res.partner"

    dcrc_complaint_ids = fields.One2many(
        "dcrc.complaint", "partner_id", "Complaints", groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_correction_ids = fields.One2many(
        "dcrc.correction", "partner_id", "Corrections", groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_complaint_count = fields.Integer(
        "Complaint Count", compute="_compute_dcrc_voice", groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_correction_count = fields.Integer(
        "Correction Count", compute="_compute_dcrc_voice", groups="dcrc_dealer.group_dcrc_reader"
    )

    def _compute_dcrc_voice(self):
        for name in ("complaint", "correction"):
            groups = self.env[f"dcrc.{name}"]._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"])
            counts = {partner.id: count for partner, count in groups}
            for partner in self:
                partner[f"dcrc_{name}_count"] = counts.get(partner._origin.id, 0)

    def action_dcrc_complaints(self):
        """Open the customer's complaints, closed ones too."""
        return self._dcrc_open_voice("dcrc_dealer.complaint_action")

    def action_dcrc_corrections(self):
        """Open the customer's corrections, settled ones too."""
        return self._dcrc_open_voice("dcrc_dealer.correction_action")

    def action_dcrc_complain(self):
        """Button: a new complaint of this customer."""
        return self._dcrc_new_voice("dcrc.complaint", self.env._("Complaint"))

    def action_dcrc_correct(self):
        """Button: something in this customer's file is wrong."""
        return self._dcrc_new_voice("dcrc.correction", self.env._("Correction"))

    def _dcrc_new_voice(self, model, name):
        self.ensure_one()
        cars = self.dcrc_vehicle_ids
        context = {
            "default_partner_id": self.id,
            "default_company_id": self.company_id.id,
            "default_vehicle_id": cars.id if len(cars) == 1 else False,
        }
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "context": context,
        }

    def _dcrc_open_voice(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = [("partner_id", "=", self.id)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def _dcrc_warnings(self):
        """Add open complaints and items under correction."""
        warnings = super()._dcrc_warnings()
        for complaint in self.dcrc_complaint_ids.filtered(lambda c: c.state != "closed"):
            warnings.append(
                {
                    "code": "complaint_open",
                    "label": self.env._("Complaint open: %(number)s", number=complaint.name),
                    "level": "danger",
                }
            )
        corrections = self.dcrc_correction_ids.filtered(lambda c: c.state in ("open", "proposed"))
        items = dict(corrections._fields["item"]._description_selection(self.env))
        for correction in corrections:
            label = self.env._("Being corrected: %(item)s", item=items[correction.item])
            warnings.append({"code": "correction_open", "label": label, "level": "warning"})
        if any(correction.repeat for correction in self.dcrc_correction_ids):
            label = self.env._("File found wrong more than once")
            warnings.append({"code": "correction_repeat", "label": label, "level": "warning"})
        return warnings

    @api.model
    def _dcrc_open_correction(self, vals_list):
        """Open corrections, at most one per customer, item and number (COR-1).

        :param vals_list: dicts with partner_id, item (phone, name, plate, owner,
            other), source (dms, call, desk, manual) and optionally vehicle_id, phone_id,
            wrong_value, new_value, department_kind, note
        :return: the corrections, new or already open, in the order of `vals_list`
        """
        Correction = self.env["dcrc.correction"]
        vals_list = [self._dcrc_prepare_correction(vals) for vals in vals_list]
        domain = Domain("partner_id", "in", [vals["partner_id"] for vals in vals_list])
        opened = Correction.search(domain & Correction._domains()["open"])
        by_key = {Correction._open_key(c._key_vals()): c for c in opened}
        new = {}
        for vals in vals_list:
            key = Correction._open_key(vals)
            if key not in by_key:
                new.setdefault(key, vals)
        Correction.check_access("create")
        # as root: how it was found and in which call is said by us, not by a client
        made = Correction.sudo().create(list(new.values())).with_env(Correction.env)
        by_key.update(zip(new, made))
        return Correction.concat(*(by_key[Correction._open_key(vals)] for vals in vals_list))

    @api.model
    def _dcrc_prepare_correction(self, vals):
        """Complete the values: whose number it is, which department looks for it."""
        vals = dict(vals)
        partner = self.browse(vals["partner_id"])
        kind = vals.pop("department_kind", None) or "sales"
        if vals["item"] == "phone" and not vals.get("phone_id"):
            number = normalise_phone(vals.get("wrong_value"))[0]
            vals["phone_id"] = partner.dcrc_phone_ids.filtered(lambda p: p.number == number)[:1].id
        if vals["item"] in ("plate", "owner") and not vals.get("vehicle_id"):
            cars = partner.dcrc_vehicle_ids
            vals["vehicle_id"] = cars.id if len(cars) == 1 else False
        vals["company_id"] = partner.company_id.id
        if not vals.get("department_id"):
            vals["department_id"] = self.env["dcrc.department"]._get_for(kind, partner.company_id).id
        return vals
