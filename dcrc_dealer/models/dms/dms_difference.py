from odoo import api, fields, models
from odoo.exceptions import AccessError


class DmsDifference(models.Model):
    """A value that the center knows better than the DMS: to be keyed back there (CUS-10)."""

    _name = "dcrc.dms.difference"
    _description = "Value to key back into the DMS"
    _order = "date desc, id desc"
    _rec_name = "field_name"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Dealer", required=True, index=True)
    res_model = fields.Char("Record Model", required=True)
    res_id = fields.Many2oneReference("Record", model_field="res_model", required=True)
    field_name = fields.Char("Technical field", required=True)
    field_label = fields.Char("Field", compute="_compute_field_label")
    partner_id = fields.Many2one("res.partner", "Customer", index="btree_not_null", ondelete="cascade")
    vehicle_id = fields.Many2one("fleet.vehicle", "Car", index="btree_not_null", ondelete="cascade")
    order_no = fields.Char("Order in the list")
    centre_value = fields.Char("Right value (centre)", dcrc_personal="number")
    list_value = fields.Char("Value in the DMS", dcrc_personal="number")
    row_id = fields.Many2one("dcrc.dms.row", index="btree_not_null", ondelete="set null")
    date = fields.Date("Found on", required=True)
    state = fields.Selection(
        [("open", "To enter"), ("done", "Entered"), ("agreed", "The DMS has it now")],
        default="open",
        required=True,
        index=True,
    )
    done_by = fields.Many2one("res.users", "Done by", readonly=True)
    done_on = fields.Datetime(readonly=True)

    _one_open = models.UniqueIndex("(res_model, res_id, field_name) WHERE state = 'open'")

    @api.depends("res_model", "field_name")
    @api.depends_context("lang")
    def _compute_field_label(self):
        for difference in self:
            model = self.env.get(difference.res_model)
            field = model is not None and model._fields.get(difference.field_name)
            difference.field_label = field._description_string(self.env) if field else difference.field_name

    def action_done(self):
        """Somebody has keyed the center's value into the DMS (also in bulk)."""
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the center's staff mark a value as keyed back."))
        self.check_access("read")
        waiting = self.filtered(lambda difference: difference.state == "open")
        waiting.sudo().write({"state": "done", "done_by": self.env.uid, "done_on": fields.Datetime.now()})

    @api.model
    def _note(self, kept):
        """Remember values that a list did not overwrite, one open line per field.

        ``kept``: tuples (entity of the plan, field, value of the list, line).
        """
        vals_by_key = {}
        for entity, name, value, line in kept:
            if entity.record_id:
                vals = self._prepare_vals(entity, name, value, line)
                vals_by_key[vals["res_model"], vals["res_id"], name] = vals
        if not vals_by_key:
            return
        ids = list({res_id for _model, res_id, _name in vals_by_key})
        domain = [("state", "=", "open"), ("res_id", "in", ids)]
        for difference in self.search(domain):
            key = (difference.res_model, difference.res_id, difference.field_name)
            if key in vals_by_key:
                difference.write(vals_by_key.pop(key))
        self.create(list(vals_by_key.values()))

    @api.model
    def _settle(self, agreed):
        """Close what the DMS now says as the center does; ``agreed``: (entity, field)."""
        wanted = {(entity.model, entity.record_id, name) for entity, name in agreed if entity.record_id}
        if not wanted:
            return
        ids = list({res_id for _model, res_id, _name in wanted})
        found = self.search([("state", "=", "open"), ("res_id", "in", ids)]).filtered(
            lambda d: (d.res_model, d.res_id, d.field_name) in wanted
        )
        found.write({"state": "agreed", "done_on": fields.Datetime.now()})

    def _prepare_vals(self, entity, name, value, line):
        record = self.env[entity.model].browse(entity.record_id)
        is_car = entity.model == "fleet.vehicle"
        person = line.person.record_id if line.person else False
        return {
            "company_id": record.company_id.id,
            "res_model": entity.model,
            "res_id": entity.record_id,
            "field_name": name,
            "partner_id": person if is_car else record.id,
            "vehicle_id": record.id if is_car else line.car and line.car.record_id,
            "order_no": line.order,
            "centre_value": self._shown(record, name),
            "list_value": str(value),
            "row_id": line.id,
            "date": record.company_id._dcrc_today(),
        }

    def _shown(self, record, name):
        """A record's value as a person would key it in."""
        value = record[name]
        if name == "dcrc_phone_ids":
            return "、".join(value.mapped("number"))
        if isinstance(value, models.BaseModel):
            return "、".join(value.mapped("display_name"))
        return str(value or "")
