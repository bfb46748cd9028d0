"""Appointments of a dealer: three months of history, today in full swing, the next days filling up.

`build_appointments` needs customers with cars and their visits; it uses nothing else of the demo.
"""

import random
from datetime import datetime, time, timedelta

from odoo import fields

ADVISERS = ("何志远", "罗静", "谭海涛")
HISTORY_DAYS = 90
COMING = (14, 12, 10, 7, 5, 3)  # appointments of today and of each day after
NO_SHOWS, CANCELLED = 0.15, 0.10  # for each that came
BROKEN_DAYS = 25  # who promised longer ago, and wasn't here since, did not come
HOURS = {8: 5, 9: 9, 10: 7, 11: 3, 12: 1, 13: 2, 14: 5, 15: 3, 16: 2}  # when people like to come
KINDS = {
    "first": "first",
    "periodic": "periodic",
    "repair": "repair",
    "warranty": "repair",
    "accident": "accident",
    "rework": "repair",
    "other": "advice",
}
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
WEIGHTS = (("periodic", 30), ("repair", 36), ("inspection", 12), ("accident", 12), ("advice", 10))
CANCEL_NOTES = ("临时有事", "出差，改天再约", "孩子生病", "下雨不想出门", "已在外面做了")


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
        self.kinds = {key: refs[self.env.ref(f"dcrc_dealer.appointment_kind_{key}").id] for key in keys}
        self.users = company._dcrc_specialists() - self.env.ref("base.user_admin") or self.env.user
        self.advisers = self._name_advisers()

    def build(self):
        """History, today, the next days, the waiting list."""
        self.promises = self._get_promises()
        self._write_past()
        cars = self._get_cars()
        waiting, cars = cars[-2:], cars[:-2]
        for offset, count in enumerate(COMING):
            day = self.today + timedelta(days=offset)
            there = self.model.search_count([("company_id", "=", self.company.id), ("day", "=", day)])
            for _n in range(max(0, count - there)):
                if cars:
                    self._write_day(cars.pop(0), day)
        for car in waiting[:1]:
            self._write_waiting(car)
            self._offer_place()
        for car in waiting[1:]:
            self._write_waiting(car)

    def _name_advisers(self):
        """Three advisers with names instead of "service advisers"."""
        resources = self.env["dcrc.appointment.resource"]
        domain = [("company_id", "=", self.company.id), ("kind", "=", "adviser")]
        resources.search(domain).write({"active": False})
        return resources.create([{"name": name, "kind": "adviser", "company_id": self.company.id} for name in ADVISERS])

    def _get_promises(self):
        """``{car: follow-up in which a day was booked}``, the newest of each car."""
        found = self.env["dcrc.followup"].search(
            [("company_id", "=", self.company.id), ("result", "=", "booked"), ("vehicle_id", "!=", False)],
            order="done_on, id",
        )
        return {followup.vehicle_id: followup for followup in found}

    def _get_cars(self):
        """Cars to come, in order: who promised, whose service is due, others."""
        cars = self.env["fleet.vehicle"].search(
            [("company_id", "=", self.company.id), ("dcrc_kind", "=", "customer"), ("dcrc_contact_id", "!=", False)],
            order="id",
            limit=600,
        )
        since = self.today - timedelta(days=21)
        here = cars.filtered(lambda car: car.dcrc_last_visit_date and car.dcrc_last_visit_date > since)
        booked = here.browse(car.id for car in cars - here if self._has_promised(car, since))
        early, late = self.today - timedelta(days=15), self.today + timedelta(days=10)
        due = (cars - here - booked).filtered(
            lambda car: car.dcrc_next_service_date and early <= car.dcrc_next_service_date <= late
        )
        rows = []
        for group in (booked, due, cars - here - booked - due):
            part = list(group)
            self.rng.shuffle(part)
            rows += part[:24]
        rest = rows[24:]
        self.rng.shuffle(rest)
        return rows[:24] + rest

    def _has_promised(self, car, since):
        promise = self.promises.get(car)
        return promise and promise.done_on.date() > since

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
        """Visits that had an appointment; a few customers did not come, or called it off."""
        since = self.now - timedelta(days=HISTORY_DAYS)
        visits = self.env["dcrc.service.visit"].search(
            [
                ("company_id", "=", self.company.id),
                ("date_in", ">=", since),
                ("date_in", "<", self.now),
                ("booked", "=", True),
                ("vehicle_id.dcrc_contact_id", "!=", False),
            ],
            order="date_in, id",
        )
        rows = []
        for visit in visits:
            rows.append(self._prepare_past(visit))
            luck = self.rng.random()
            if luck < NO_SHOWS + CANCELLED:
                rows.append(self._prepare_lost(visit, "no_show" if luck < NO_SHOWS else "cancelled"))
        self.history.create(rows + self._prepare_broken())

    def _prepare_past(self, visit):
        slot = visit.date_in - timedelta(minutes=visit.date_in.minute % 30, seconds=visit.date_in.second)
        vals = self._prepare(visit.vehicle_id, KINDS.get(visit.kind, "periodic"), slot)
        done = {"state": "served", "served_on": visit.date_out} if visit.date_out else {"state": "arrived"}
        return {
            **vals,
            **self._prepare_promise(visit.vehicle_id, slot),
            "adviser_id": self.rng.choice(self.advisers.ids),
            "adviser_wanted": False,
            "visit_id": visit.id,
            "arrived_on": visit.date_in,
            **done,
        }

    def _prepare_promise(self, car, start):
        """In which call the day was agreed."""
        promise = self.promises.get(car)
        if not promise or not timedelta(0) < start - promise.done_on < timedelta(days=45):
            return {}
        return {
            "channel": "active",
            "followup_id": promise.id,
            "user_id": promise.user_id.id,
            "booked_on": promise.done_on,
            "agreed_day": promise.done_on.date(),
        }

    def _prepare_lost(self, visit, state):
        """An appointment that came to nothing, some days before the customer came after all."""
        start = visit.date_in - timedelta(days=self.rng.randrange(2, 6), minutes=visit.date_in.minute % 30)
        vals = {**self._prepare(visit.vehicle_id, KINDS.get(visit.kind, "periodic"), start), "state": state}
        if state == "cancelled":
            vals.update(cancelled_on=start - timedelta(hours=5), cancel_note=self.rng.choice(CANCEL_NOTES))
        return vals

    def _prepare_broken(self):
        """Who promised to come and was never seen."""
        rows = []
        first, last = self.today - timedelta(days=HISTORY_DAYS), self.today - timedelta(days=BROKEN_DAYS)
        for car, promise in self.promises.items():
            day = promise.done_on.date()
            seen = car.dcrc_last_visit_date and car.dcrc_last_visit_date >= day
            if first < day < last and not seen and car.dcrc_contact_id:
                hour = self.rng.choices(list(HOURS), list(HOURS.values()))[0]
                start = self.company._dcrc_day_bounds(day + timedelta(days=self.rng.randrange(4, 12)))[0]
                start += timedelta(hours=hour, minutes=30)
                rows.append(
                    {**self._prepare(car, "periodic", start), **self._prepare_promise(car, start), "state": "no_show"}
                )
        return rows

    # -- today and after -----------------------------------------------------

    def _write_day(self, car, day):
        key = self._choose_kind(car, day)
        starts = [slot.start for slot in self._get_starts(key, day)]
        if not starts:
            return
        hours = [self.company._dcrc_to_local(start).hour for start in starts]
        start = self.rng.choices(starts, [HOURS.get(hour, 1) for hour in hours])[0]
        vals = {**self._prepare(car, key, start), **self._prepare_promise(car, start)}
        if start < self.now:
            self.history.create({**vals, **self._prepare_gone(start)})
            return
        appointment = self.model.create({name: value for name, value in vals.items() if name != "stop"})
        if day <= self.today + timedelta(days=1) and self.rng.random() < 0.6:
            appointment.action_confirm()

    def _choose_kind(self, car, day):
        """Service when it is due, else whatever brings cars in."""
        due = car.dcrc_next_service_date
        if due and abs((due - day).days) < 45 or self._has_promised(car, day - timedelta(days=30)):
            return car.dcrc_next_service_kind or "periodic"
        [key] = self.rng.choices([k for k, _w in WEIGHTS], [w for _k, w in WEIGHTS])
        return key

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
            state = self.rng.choice(("arrived", "arrived", "arrived", "late"))
        else:
            state = self.rng.choices(("served", "arrived", "no_show"), (70, 18, 12))[0]
        vals["state"] = state
        if state in ("arrived", "served"):
            vals["arrived_on"] = min(start + timedelta(minutes=self.rng.randrange(-8, 12)), self.now)
        if state == "served":
            vals["served_on"] = min(start + timedelta(minutes=self.rng.randrange(60, 150)), self.now)
        return vals

    def _offer_place(self):
        """A place of the day after tomorrow is kept for who waits longest."""
        afternoon = datetime.combine(self.today + timedelta(days=2), time(14))
        self.model._offer_freed(self.company, [self.company._dcrc_to_utc(afternoon)])

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
