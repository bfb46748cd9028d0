from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.faults import find_part, group, same_fault
from ..foundations.worker import Worker

REPAIRS = ("repair", "warranty", "rework")
HORIZON = 1130  # days: no statutory warranty looks further back
TERM_MONTHS = 24  # the law's own, as long as the car has no plan
BATCH = 200


class FleetVehicle(models.Model):
    """Every repair order becomes a row that the law can be held against; words propose, people decide."""

    _inherit = "fleet.vehicle"

    dcrc_repair_ids = fields.One2many(
        "dcrc.warranty.repair", "vehicle_id", "Repairs by Warranty Law", groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_warranty_case_ids = fields.One2many(
        "dcrc.warranty.case", "vehicle_id", "Statutory Warranty Cases", groups="dcrc_dealer.group_dcrc_reader"
    )
    dcrc_warranty_alert = fields.Boolean(
        "Statutory Warranty Warning",
        compute="_compute_dcrc_warranty_alert",
        search="_search_dcrc_warranty_alert",
        groups="dcrc_dealer.group_dcrc_reader",
    )

    @api.depends("dcrc_warranty_case_ids.state")
    def _compute_dcrc_warranty_alert(self):
        for car in self:
            car.dcrc_warranty_alert = any(case.state == "open" for case in car.dcrc_warranty_case_ids)

    @api.model
    def _search_dcrc_warranty_alert(self, operator, value):
        if operator != "in":
            return NotImplemented
        warned = self.env["dcrc.warranty.case"]._search(self.env["dcrc.warranty.case"]._domains()["open"])
        return fields.Domain("id", "in", warned.subselect("vehicle_id"))

    # -- in the background -----------------------------------------------------------

    @api.model
    def _cron_dcrc_warranty(self):
        """Judge every car whose repair orders changed, or that is in the workshop now."""
        worker = Worker(self.env)

        def judge(company):
            last = 0
            while worker.left and last is not None:
                last = worker.attempt(self.sudo()._dcrc_judge_next, company, last)

        worker.run(self.env["res.company"]._dcrc_dealers_with("warranty"), judge)

    @api.model
    def _dcrc_judge_next(self, company, last):
        """Judge the next cars after the id `last`; return the last one's id, None when there was none."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT w.vehicle_id FROM dcrc_service_visit w
                     LEFT JOIN dcrc_warranty_repair r ON r.visit_id = w.id
                    WHERE w.company_id = %(company)s AND w.vehicle_id > %(last)s AND w.date_in >= %(since)s
                      AND CASE WHEN w.kind IN %(kinds)s AND w.void IS NOT TRUE
                               THEN r.id IS NULL OR w.date_out IS NULL OR w.write_date > r.judged_on
                               ELSE r.id IS NOT NULL END
                    ORDER BY 1 LIMIT %(size)s""",
                company=company.id,
                last=last,
                since=fields.Datetime.now() - timedelta(days=HORIZON),
                kinds=REPAIRS,
                size=BATCH,
            )
        )
        cars = self.browse(row[0] for row in rows)
        cars._dcrc_work_safely("_dcrc_judge_warranty")
        return cars.ids[-1] if cars else None

    def action_dcrc_judge_warranty(self):
        """Button: judge this car now."""
        self.check_access("read")
        self.sudo()._dcrc_judge_warranty()

    # -- repair orders ---------------------------------------------------------------

    def _dcrc_judge_warranty(self):
        """Bring the rows of these cars' repair orders up to date, then warn (called as root)."""
        visits = self.env["dcrc.service.visit"].search(
            [("vehicle_id", "in", self.ids), ("void", "=", False)], order="date_in, id"
        )
        by_car = visits.grouped("vehicle_id")
        self.dcrc_repair_ids.filtered(lambda r: r.visit_id.void or r.visit_id.kind not in REPAIRS).unlink()
        for car in self:
            mine = by_car.get(car, visits.browse())
            limits = self.env["dcrc.warranty.limit"]._get_for(car.company_id, car.dcrc_delivery_date)
            car._dcrc_note_repairs(mine, limits)
            car._dcrc_propose_faults()
            car._dcrc_warn(limits)

    def _dcrc_note_repairs(self, visits, limits):
        """A row for each repair order; what people have decided stays."""
        repairs = {repair.visit_id: repair for repair in self.dcrc_repair_ids}
        before = None
        for visit in visits:
            if visit.kind in REPAIRS:
                vals = self._dcrc_prepare_repair(visit, before, limits, repairs.get(visit))
                if visit in repairs:
                    repairs[visit].write(vals)
                else:
                    base = {"visit_id": visit.id, "vehicle_id": self.id, "company_id": self.company_id.id}
                    self.env["dcrc.warranty.repair"].create({**base, **vals})
            before = visit

    def _dcrc_prepare_repair(self, visit, before, limits, known):
        local, today = self.company_id._dcrc_to_local, self.company_id._dcrc_today()
        day_in = local(visit.date_in).date()
        day_out = visit.date_out and local(visit.date_out).date()
        vals = {
            "day_in": day_in,
            "day_out": day_out or False,
            "days": ((day_out or max(today, day_in)) - day_in).days + 1,
            "in_term": self._dcrc_in_term(day_in),
            "judged_on": fields.Datetime.now(),
        }
        part = find_part(visit.work, limits["part"]._get_parts()) if "part" in limits else ""
        if not (known and known.part_state in ("confirmed", "refused")):
            vals.update(part=part or False, part_state="proposed" if part else False)
        if not (known and known.comeback_state in ("confirmed", "refused")):
            vals.update(self._dcrc_prepare_comeback(visit, before, limits))
        return vals

    def _dcrc_in_term(self, day):
        """Whether a repair of that day lies within the statutory warranty; without a plan two years from delivery."""
        start = self.dcrc_delivery_date
        end = self.dcrc_three_pack_end or start and start + relativedelta(months=TERM_MONTHS)
        return bool(start and start <= day <= end)

    def _dcrc_prepare_comeback(self, visit, before, limits):
        """The order before it, when this one came within its guarantee: by days and km, whichever ends first."""
        limit = before and limits.get("comeback" if before.kind in REPAIRS else "comeback_service")
        if not limit or not before.date_out or visit.date_in < before.date_out:
            return {"comeback_of_id": False, "comeback_state": False}
        in_days = (visit.date_in - before.date_out).days <= limit.limit
        driven = visit.mileage - before.mileage if visit.mileage and before.mileage else 0
        in_km = not limit.km or driven <= limit.km
        if not (in_days and in_km) or visit.kind != "rework" and not same_fault(visit.work, before.work):
            return {"comeback_of_id": False, "comeback_state": False}
        state = "confirmed" if visit.kind == "rework" else "proposed"
        return {"comeback_of_id": before.id, "comeback_state": state}

    def _dcrc_propose_faults(self):
        """Repairs whose words speak of the same thing are proposed to be of one fault."""
        self.invalidate_recordset(["dcrc_repair_ids"])
        repairs = self.dcrc_repair_ids.sorted(lambda r: (r.day_in, r.id))
        apart = {repair.id for repair in repairs if repair.fault_state == "apart"}
        groups = group([(repair.id, repair.work) for repair in repairs], apart)
        for repair in repairs:
            first = repair.browse(groups[repair.id])
            if repair.fault_state == "confirmed":
                continue
            if first == repair:
                if not repair.fault_id or repair.fault_id in (repairs - repair).fault_id and repair.id in apart:
                    repair.fault_id = self._dcrc_create_fault(repair)
                continue
            if repair.fault_state != "apart":
                repair.write({"fault_id": first.fault_id.id, "fault_state": "proposed"})

    def _dcrc_create_fault(self, repair):
        words = (repair.work or "").strip().splitlines()
        name = words[0][:60] if words else repair.visit_id.order_no
        vals = {"name": name, "vehicle_id": self.id, "company_id": self.company_id.id}
        return self.env["dcrc.warranty.fault"].create(vals)
