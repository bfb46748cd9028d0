"""Appointments of a dealer: two months of history, today in full swing, the next days filling up.

`build_appointments` needs customers with cars and their visits; it uses nothing else of the demo.
"""

import random
from datetime import timedelta

from odoo import fields

ADVISERS = ("何志远", "罗静", "谭海涛")
HISTORY_DAYS = 60
COMING = (9, 8, 6, 4, 3, 2)  # appointments of today and of each day after
BOOKED_SHARE = 0.4  # of past visits that had an appointment
KINDS = {
    "first": "first", "periodic": "periodic", "repair": "repair", "warranty": "repair",
    "accident": "accident", "rework": "repair", "other": "advice",
}  # fmt: skip
ITEMS = {
    "first": ("首保：更换机油机滤", "首保，顺带检查车门异响"),
    "periodic": ("更换机油三滤", "常规保养，检查刹车片", "保养并做四轮换位", "空调滤芯有异味，一并更换"),
    "repair": ("低速刹车异响", "空调不制冷", "右前轮过坎异响", "方向盘高速抖动"),
    "inspection": ("六年免检领标后首次上线检测", "年检代办，灯光检查"),
    "accident": ("前保险杠刮擦定损", "左后门凹陷，走保险"),
    "advice": ("咨询延保方案", "取行驶证复印件"),
}
BENEFITS = ("免费洗车", "工时九折", "赠送玻璃水一瓶", "", "", "")
CHANNELS = ("inbound", "inbound", "active", "active", "campaign", "link")
WEIGHTS = (("periodic", 50), ("first", 15), ("repair", 20), ("inspection", 6), ("accident", 5), ("advice", 4))


def build_appointments(env, company):
    """Write the appointments of `company`; return how many there are then.

    ``env``: as superuser. A second call on the same dealer changes nothing.
    """
    model = env["dcrc.appointment"].with_company(company).with_context(tracking_disable=True)
    if model.search_count([("company_id", "=", company.id)], limit=1):
        return 0
    Appointments(model, company).build()
    return model.search_count([("company_id", "=", company.id)])


class Appointments:
    """Writes the appointments of one dealer; the same day gives the same ones."""

    def __init__(self, model, company):
        self.model, self.env, self.company = model, model.env, company
        self.history = model.with_context(dcrc_history=True)
        self.rng = random.Random(f"appointments {company.name}")
        self.today, self.now = company._dcrc_today(), fields.Datetime.now()
        kinds = self.env["dcrc.appointment.kind"].search([("company_id", "=", company.id)])
        refs = {kind.template_ref: kind for kind in kinds}
        keys = ("first", "periodic", "repair", "inspection", "accident", "advice")
        self.kinds = {
            key: refs[self.env.ref(f"dcrc_dealer.appointment_kind_{key}").id] for key in keys
        }
        self.users = company._dcrc_specialists() or self.env.user
        self.advisers = self._name_advisers()

    def build(self):
        """History, today, the next days, the waiting list."""
        self._write_past()
        cars = self._get_cars()
        self.rng.shuffle(cars)
        for offset, count in enumerate(COMING):
            for _n in range(count):
                if cars:
                    self._write_day(cars.pop(), self.today + timedelta(days=offset))
        for car in cars[:3]:
            self._write_waiting(car)

    def _name_advisers(self):
        """Three advisers with names instead of "service advisers"."""
        resources = self.env["dcrc.appointment.resource"]
        domain = [("company_id", "=", self.company.id), ("kind", "=", "adviser")]
        resources.search(domain).write({"active": False})
        return resources.create(
            [{"name": name, "kind": "adviser", "company_id": self.company.id} for name in ADVISERS]
        )

    def _get_cars(self):
        return list(
            self.env["fleet.vehicle"].search(
                [("company_id", "=", self.company.id), ("dcrc_kind", "=", "customer"),
                 ("dcrc_contact_id", "!=", False)],
                order="id", limit=400,
            )
        )  # fmt: skip

    def _prepare(self, car, key, start):
        kind = self.kinds[key]
        ahead = timedelta(days=self.rng.randrange(1, 7), hours=self.rng.randrange(1, 8))
        return {
            "company_id": self.company.id,
            "partner_id": car.dcrc_contact_id.id,
            "vehicle_id": car.id,
            "kind_id": kind.id,
            "start": start,
            "stop": start + timedelta(minutes=kind.duration),
            "items": self.rng.choice(ITEMS[key]),
            "benefits": self.rng.choice(BENEFITS),
            "channel": self.rng.choice(CHANNELS),
            "user_id": self.rng.choice(self.users.ids),
            "booked_on": min(start - ahead, self.now),
            "agreed_day": min((start - ahead).date(), self.today),
        }

    # -- history -----------------------------------------------------------

    def _write_past(self):
        """Many a visit had an appointment; a few customers did not come, or called it off."""
        since = self.now - timedelta(days=HISTORY_DAYS)
        midnight = self.company._dcrc_day_bounds(self.today)[0]
        visits = self.env["dcrc.service.visit"].search(
            [("company_id", "=", self.company.id), ("date_in", ">=", since), ("date_in", "<", midnight),
             ("date_out", "!=", False), ("vehicle_id.dcrc_contact_id", "!=", False)],
            order="date_in, id",
        )  # fmt: skip
        rows, booked = [], self.env["dcrc.service.visit"]
        for visit in visits:
            if self.rng.random() < BOOKED_SHARE:
                rows.append(self._prepare_past(visit))
                booked |= visit
            elif self.rng.random() < 0.06:
                rows.append(self._prepare_lost(visit))
        self.history.create(rows)
        booked.with_context(dcrc_source="dms").write({"booked": True})

    def _prepare_past(self, visit):
        slot = visit.date_in - timedelta(minutes=visit.date_in.minute % 30, seconds=visit.date_in.second)
        return {
            **self._prepare(visit.vehicle_id, KINDS.get(visit.kind, "periodic"), slot),
            "adviser_id": self.rng.choice(self.advisers.ids),
            "adviser_wanted": False,
            "state": "served",
            "visit_id": visit.id,
            "arrived_on": visit.date_in,
            "served_on": visit.date_out,
        }

    def _prepare_lost(self, visit):
        start = visit.date_in - timedelta(days=3, minutes=visit.date_in.minute % 30)
        state = self.rng.choice(("no_show", "cancelled", "cancelled"))
        vals = {**self._prepare(visit.vehicle_id, KINDS.get(visit.kind, "periodic"), start), "state": state}
        if state == "cancelled":
            vals.update(cancelled_on=start - timedelta(hours=5), cancel_note="临时有事")
        return vals

    # -- today and after -----------------------------------------------------

    def _write_day(self, car, day):
        [key] = self.rng.choices([k for k, _w in WEIGHTS], [w for _k, w in WEIGHTS])
        starts = [slot.start for slot in self._get_starts(key, day)]
        if not starts:
            return
        start = self.rng.choice(starts)
        vals = self._prepare(car, key, start)
        if start < self.now:
            self.history.create({**vals, **self._prepare_gone(start)})
            return
        appointment = self.model.create({name: value for name, value in vals.items() if name != "stop"})
        if day <= self.today + timedelta(days=1) and self.rng.random() < 0.5:
            appointment.action_confirm()

    def _get_starts(self, key, day):
        """Free starts of a day, those that are over already included."""
        bounds = self.company._dcrc_day_bounds(day)
        book = self.model._get_book(self.company, *bounds)
        needs = self.model._get_needs(self.kinds[key])
        return [slot for slot in book.look(needs, *bounds) if slot.picks]

    def _prepare_gone(self, start):
        """What became of an appointment earlier today."""
        vals = {"adviser_id": self.rng.choice(self.advisers.ids), "adviser_wanted": False}
        if self.now - start < timedelta(minutes=90):
            state = self.rng.choice(("arrived", "arrived", "late"))
        else:
            state = self.rng.choice(("served", "served", "arrived"))
        came = {"arrived_on": start + timedelta(minutes=self.rng.randrange(-8, 12))}
        return {**vals, "state": state, **({} if state == "late" else came)}

    def _write_waiting(self, car):
        """Somebody who wants the inspection lane in the next days."""
        self.model.create(
            {
                "company_id": self.company.id,
                "partner_id": car.dcrc_contact_id.id,
                "vehicle_id": car.id,
                "kind_id": self.kinds["inspection"].id,
                "waiting": True,
                "wanted_from": self.today,
                "wanted_to": self.today + timedelta(days=5),
                "items": "希望尽快年检",
                "user_id": self.rng.choice(self.users.ids),
            }
        )
