"""What customers say when they are reminded: it fits what they did afterwards."""

from datetime import date

SERVICES = ("first", "periodic")
# what is said, in a hundred, by what follows
SAID = {
    "soon": (("will_come", 84), ("not_yet", 10), (None, 6)),
    "booked": (("booked", 88), ("will_come", 12)),
    "late": (("will_come", 38), ("not_yet", 50), ("booked", 6), (None, 6)),
    "open": (("will_come", 42), ("booked", 34), ("not_yet", 24)),
    "gone": (("elsewhere", 36), ("not_yet", 22), ("will_come", 14), ("refused", 18), (None, 10)),
}
NOT_YET = ("lost_not_needed", "lost_no_time", "lost_no_time", "lost_not_needed", "lost_waiting", "lost_price")
SOON, LATE = 40, 110  # days between contact and visit
ONCE_ELSEWHERE = ("途虎养车工场店", "天猫养车", "小区门口汽修厂", "老家县城修理厂")


class Results:
    """Draws the answers of one dealer's customers from what their cars did.

    ``fixed``: ``{follow-up id: dict}`` of what is told otherwise; see `draw`.
    """

    def __init__(self, plot, rng):
        self.rng, self.today, self.now = rng, plot.today, plot.now
        self.plot, self.fixed, self.readings = plot, {}, []
        self._cars = None

    def draw(self, followup, moment):
        """``{role: value}`` (see `dcrc.followup._take_result`) said at a local moment."""
        if followup.id in self.fixed:
            return self.fixed[followup.id]
        car = self._get_car(followup.vehicle_id.id)
        if not car:
            return {}
        said = self._draw_said(car, moment)
        if followup.rule_id.trigger == "past_due":
            return {"reason": self._reason(car, said)}
        found = {"result": said} if said else {}
        if said in ("not_yet", "refused"):
            found["reason"] = self._reason(car, said)
        if said == "elsewhere":
            found.update(self._elsewhere(car))
        if said in ("not_yet", "will_come") and self.rng.random() < 0.3:
            found["mileage"] = str(self._tell_mileage(followup, car, moment))
        return found

    def get_service(self, followup, until):
        """Day of the first service of a reminder's car since the one it counts from, or None.

        Visits that come with the lists of the last days are not in the database yet.
        """
        car = self._get_car(followup.vehicle_id.id)
        base = followup.service_base_date or date.min
        days = [v["date_in"].date() for v in car["visits"] if v["kind"] in SERVICES] if car else []
        return min((day for day in days if base < day <= until), default=None)

    def _get_car(self, vehicle_id):
        if self._cars is None:
            self._cars = {car["record"].id: car for _c, car in self.plot.all_cars() if car.get("record")}
        return self._cars.get(vehicle_id)

    def _draw_said(self, car, moment):
        coming = [v for v in car["visits"] if v["date_in"] > moment and v["kind"] in SERVICES]
        days = (coming[0]["date_in"] - moment).days if coming else None
        if days is None:
            recent = (self.now - moment).days < SOON
            fate = "open" if recent and not self._has_left(car, moment) else "gone"
        elif days <= SOON:
            fate = "booked" if coming[0]["booked"] else "soon"
        else:
            fate = "late" if days <= LATE else "gone"
        values, weights = zip(*SAID[fate], strict=True)
        return self.rng.choices(values, weights)[0]

    def _has_left(self, car, moment):
        return car["lost_after"] and car["lost_after"] <= moment.date()

    def _reason(self, car, said):
        if car["leaves"] and (said == "refused" or self.rng.random() < 0.7):
            return car["leaves"]["reason"]
        return self.rng.choice(NOT_YET)

    def _elsewhere(self, car):
        """Where, at what price, why: those who left tell of their new place."""
        rng, leaves = self.rng, car["leaves"]
        place = leaves and leaves["place"] or rng.choice(ONCE_ELSEWHERE)
        price = leaves and leaves["price"] or round(rng.uniform(170, 340), -1)
        if car["fuel"] == "electric":
            price = round(price * 0.55, -1)
        found = {"place": place, "reason": leaves and leaves["reason"] or rng.choice(("lost_price", "lost_no_time"))}
        if rng.random() < 0.8:
            found["price"] = f"{price + rng.choice((0, 0, 9, 18)):.0f}"
        return found

    def _tell_mileage(self, followup, car, moment):
        """A reading of that day, as people tell it: round."""
        km = max(500, round(car["driving"].km(moment.date()) / 500) * 500)
        self.readings.append(
            {
                "vehicle_id": followup.vehicle_id.id,
                "company_id": followup.company_id.id,
                "date": moment.date(),
                "km": km,
                "source": "call",
            }
        )
        return km
