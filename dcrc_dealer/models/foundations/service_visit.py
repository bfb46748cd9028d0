from odoo import api, fields, models
from odoo.exceptions import AccessError


class ServiceVisit(models.Model):
    """A repair order of the workshop; its completion starts the third call (FUP-1)."""

    _name = "dcrc.service.visit"
    _description = "Service visit"
    _order = "date_in desc, id desc"
    _rec_name = "order_no"
    _inherit = ["dcrc.key.field.mixin", "dcrc.void.mixin"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Dealer", required=True, index=True, default=lambda self: self.env.company
    )
    order_no = fields.Char("Repair order", required=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", "Car", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one("res.partner", "Brought In By", index=True, ondelete="restrict", check_company=True)
    kind = fields.Selection(
        [
            ("first", "First service"),
            ("periodic", "Periodic service"),
            ("repair", "Repair"),
            ("warranty", "Warranty claim"),
            ("accident", "Accident repair"),
            ("rework", "Rework"),
            ("other", "Other"),
        ],
        "Type",
        required=True,
    )
    kind_proposed = fields.Selection(
        [("first", "First service"), ("periodic", "Periodic service")],
        "Reads like a",
        readonly=True,
        help="The DMS calls it a repair, its work reads like a service: somebody decides.",
    )
    date_in = fields.Datetime("Checked In", required=True)
    date_out = fields.Datetime("Checked Out", help="Empty while the car is in the workshop.")
    date = fields.Date("Completed on", compute="_compute_date", store=True, precompute=True)
    mileage = fields.Integer("Mileage (km)")
    adviser = fields.Char("Service adviser")
    technician = fields.Char()
    work = fields.Text("Work done")
    labour_amount = fields.Float("Labor", digits=(12, 2))
    parts_amount = fields.Float("Parts", digits=(12, 2))
    amount_total = fields.Float("Total", digits=(12, 2))
    booked = fields.Boolean("By appointment")
    list_date = fields.Date("Date of the DMS list", readonly=True)

    _order_once = models.UniqueIndex("(company_id, order_no)", "A visit with this repair order exists already.")
    _completed_idx = models.Index("(company_id, date) WHERE date IS NOT NULL")
    _vehicle_in_idx = models.Index("(vehicle_id, date_in)")
    _out_after_in = models.Constraint(
        "CHECK (date_out IS NULL OR date_out >= date_in)", "A car cannot leave before it came."
    )
    _mileage_sane = models.Constraint("CHECK (mileage >= 0 AND mileage < 3000000)", "This mileage cannot be right.")

    @api.depends("date_out", "company_id")
    def _compute_date(self):
        for visit in self:
            local = visit.date_out and visit.company_id._dcrc_to_local(visit.date_out)
            visit.date = local and local.date()

    @api.depends("order_no", "vehicle_id.license_plate")
    def _compute_display_name(self):
        for visit in self:
            plate = visit.sudo().vehicle_id.license_plate
            visit.display_name = f"{visit.order_no} {plate or ''}".strip()

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._update_cars()
        visits.filtered("void").vehicle_id._dcrc_recount_visits()
        return visits

    def write(self, vals):
        # a visit that moves away, in time or to another car, may have been the newest there
        left = self.vehicle_id if not {"date_in", "vehicle_id", "void"}.isdisjoint(vals) else None
        result = super().write(vals)
        if left:
            left._dcrc_recount_visits()
        if not {"date_in", "date_out", "mileage", "vehicle_id", "void"}.isdisjoint(vals):
            self._update_cars()
        return result

    def _dcrc_key_fields(self):
        # Whose paper it is decides who is called: the manager's word, as for the car's owner (CUS-7).
        return ["partner_id", "vehicle_id"]

    def action_accept_kind(self):
        """The visit was the service that its work reads like (also in bulk)."""
        self._decide_kind(True)

    def action_refuse_kind(self):
        """The visit stays the repair that the DMS calls it (also in bulk)."""
        self._decide_kind(False)

    def _decide_kind(self, accepted):
        if not self.env.user.has_group("dcrc_dealer.group_dcrc_user"):
            raise AccessError(self.env._("Only the center's staff decide what a visit was."))
        self.check_access("read")
        for visit in self.sudo().filtered("kind_proposed"):
            visit.write({"kind_proposed": False, **({"kind": visit.kind_proposed} if accepted else {})})

    def _update_cars(self):
        """Carry the newest visit and reading over to the car."""
        for visit in self.filtered(lambda visit: not visit.void).sorted("date_in"):
            car = visit.vehicle_id.sudo()
            day = visit.company_id._dcrc_to_local(visit.date_in).date()
            if not car.dcrc_last_visit_date or day > car.dcrc_last_visit_date:
                car.dcrc_last_visit_date = day
            newer = not car.dcrc_mileage_date or day >= car.dcrc_mileage_date
            if visit.mileage and newer and (car.dcrc_mileage, car.dcrc_mileage_date) != (visit.mileage, day):
                car.dcrc_mileage = visit.mileage
                car.dcrc_mileage_date = day

    def _get_kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    def _get_work_label(self):
        """What was done, on one line: the first line of the work, else the kind."""
        lines = (self.work or "").strip().splitlines()
        return lines[0] if lines else self._get_kind_label()

    def _get_item(self):
        """What was done, as said to a customer: the kind; "other" says nothing, so the work; a claim is ours."""
        said = {"other": self._get_work_label(), "warranty": self.env._("warranty repair")}
        return said.get(self.kind) or self._get_kind_label()
