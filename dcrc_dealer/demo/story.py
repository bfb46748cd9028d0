"""What happened at a dealer: customers, their cars, deliveries and visits.

Plain Python over a random generator with a fixed seed: the same day gives the
same story. Nothing of the database in here; `files.py` writes it down.
"""

import random
from datetime import date, timedelta

from . import cars, habits, names, workshop

LIST_DAYS = 3  # the last days come as DMS lists
KEPT_DAYS, KEPT_SERVICES = 640, 2  # older visits are left out, but for a car's last services before
ADVISER_COUNT, TECHNICIAN_COUNT, CONSULTANT_COUNT = 4, 6, 5


class Story:
    """One dealer's customers with everything that happened to their cars.

    ``now``: naive local time of the dealer; ``plant``: a letter that keeps the VINs
    of two dealers apart. ``customers`` is the result, see `_customer` and `_car`.
    """

    def __init__(self, seed, now, size, plant):
        self.rng = random.Random(f"{seed}/{plant}")
        self.now, self.today, self.plant = now, now.date(), plant
        self.people = names.People(self.rng)
        self._plates, self._serial = set(), 0
        person = self.people.person
        self.advisers = [person()["name"] for _n in range(ADVISER_COUNT)]
        self.technicians = [person()["name"] for _n in range(TECHNICIAN_COUNT)]
        self.consultants = [person()["name"] for _n in range(CONSULTANT_COUNT)]
        self.customers = [self._customer(number, size) for number in range(size)]
        self._make_busy_days(size)
        self._misread(size)

    def all_cars(self):
        """``(customer, car)`` of everybody."""
        return [(customer, car) for customer in self.customers for car in customer["cars"]]

    def is_listed(self, day):
        """Whether what happened on this day comes by a list of the last days."""
        return 0 < (self.today - day).days <= LIST_DAYS

    def _customer(self, number, size):
        rng = self.rng
        firm = rng.random() < 0.045
        person = {"name": self.people.firm(), "gender": False} if firm else self.people.person()
        city, street = self.people.address()
        customer = {
            **person,
            "is_company": firm,
            "city": city,
            "street": street,
            "desk": number % 2,  # which specialist's customer it is
            "phones": self._phones(firm),
            "source": rng.choice(names.SOURCES),
            "details": {} if firm else self._details(),
        }
        # Every 40th customer got the car in the last days, four in ten within the year.
        fresh = number % 40 == 7
        recent = fresh or rng.random() < 0.38
        count = rng.randrange(2, 5) if firm else 2 if rng.random() < 0.07 else 1
        count = 1 if fresh else count
        customer["cars"] = [self._car(customer, fresh, recent) for _n in range(count)]
        return customer

    def _phones(self, firm):
        """List of ``(number, role)``."""
        phones = [(self.people.mobile(), "mobile")]
        if firm or self.rng.random() < 0.06:
            phones.append((self.people.landline(), "work" if firm else "landline"))
        elif self.rng.random() < 0.12:
            phones.append((self.people.mobile(), "family"))
        return phones

    def _details(self):
        rng = self.rng
        maybe = lambda chance, values: rng.choice(values) if rng.random() < chance else False  # noqa: E731
        return {
            "dcrc_birth_date": rng.random() < 0.9 and self.people.birthday(self.today),
            "dcrc_occupation": maybe(0.6, names.JOBS),
            "dcrc_employer": maybe(0.3, names.EMPLOYERS),
            "dcrc_hobbies": maybe(0.35, names.HOBBIES),
            "dcrc_family": maybe(0.25, names.FAMILIES),
            "dcrc_preferred_time": maybe(0.2, names.TIMES),
            "dcrc_preferred_channel": maybe(0.4, ("phone", "phone", "sms")),
        }

    def _car(self, customer, fresh, recent):
        rng, far = self.rng, not customer["city"]
        delivered = self._delivery_day(fresh, recent)
        index = rng.choices(range(len(cars.MODELS)), [model[3] for model in cars.MODELS])[0]
        _name, code, fuel, _share = cars.MODELS[index]
        self._serial += 1
        leaves = habits.leaving(rng, code, far, (self.today - delivered).days)
        car = {
            "model": index,
            "fuel": fuel,
            "vin": cars.make_vin(self.plant, delivered.year, self._serial * 37 % 10**6),
            "plate": self._plate(delivered, fuel, far),
            "engine": cars.engine_number(rng, fuel),
            "colour": rng.choice(cars.COLOURS),
            "delivered": delivered,
            "bought_here": recent or rng.random() < 0.72,
            "consultant": rng.choice(self.consultants),
            "insurer": rng.choice(cars.INSURERS),
            "driving": habits.Driving(rng, delivered, self.today, habits.daily_km(rng, code)),
            "rhythm": habits.rhythm(rng, customer["desk"]),
            "leaves": leaves,
            "lost_after": leaves and delivered + timedelta(days=leaves["after"]),
            "user": self.people.person() if rng.random() < 0.06 else None,
        }
        car["visits"] = self._kept(workshop.visits(rng, car, self.now, self.today))
        for visit in car["visits"]:
            visit["adviser"] = rng.choice(self.advisers)
            visit["technician"] = rng.choice(self.technicians)
        return car

    def _delivery_day(self, fresh, recent):
        rng = self.rng
        if fresh:
            return self.today - timedelta(days=rng.randrange(1, LIST_DAYS + 1))
        if recent:
            return self.today - timedelta(days=rng.randrange(LIST_DAYS + 1, 366))
        return self.today - timedelta(days=366 + int(rng.random() ** 1.3 * 2000))

    def _plate(self, delivered, fuel, far):
        """A car of this week may still have none; some are registered in another region."""
        if (self.today - delivered).days < 8 and self.rng.random() < 0.5:
            return False
        energy = fuel if fuel in ("electric", "plug_in_hybrid_gasoline") else None
        other = self.rng.random() < (0.85 if far else 0.045)
        return cars.make_plate(self.rng, energy, self._plates, other)

    def _kept(self, visits):
        first = self.now - timedelta(days=KEPT_DAYS)
        old = [v for v in visits if v["date_in"] < first and v["kind"] in ("first", "periodic")]
        return old[-KEPT_SERVICES:] + [v for v in visits if v["date_in"] >= first]

    def _misread(self, size):
        """A few repair orders carry a km with a digit too many; a few meters were replaced."""
        rng = self.rng
        many = [car for _customer, car in self.all_cars() if len(car["visits"]) > 5]
        for number, car in enumerate(rng.sample(many, min(len(many), max(4, size // 50)))):
            place = len(car["visits"]) // 2
            if number % 3:
                car["visits"][place]["mileage"] = car["visits"][place]["mileage"] * 10 + rng.randrange(10)
                continue
            taken = car["visits"][place]["mileage"] - rng.randrange(5, 40)
            for visit in car["visits"][place:]:
                visit["mileage"] -= taken

    def _make_busy_days(self, size):
        """Bring some cars in on the days whose lists are still to be worked off."""
        rng = self.rng
        quiet = [
            car
            for _customer, car in self.all_cars()
            if (self.today - car["delivered"]).days > 150
            and not car["lost_after"]
            and not any((self.now - v["date_in"]).days < 50 for v in car["visits"])
        ]
        for car in rng.sample(quiet, min(len(quiet), max(6, size * 8 // 100))):
            day = self.today - timedelta(days=rng.randrange(0, LIST_DAYS + 3))
            services = [v["date_in"].date() for v in car["visits"] if v["kind"] in ("first", "periodic")]
            ready = (day - max(services, default=car["delivered"])).days > 140
            kind = rng.choices(("periodic", "repair", "other"), (80 if ready else 0, 20, 6))[0]
            visit = workshop.visit(rng, car, day, kind, self.now)
            visit["adviser"] = rng.choice(self.advisers)
            visit["technician"] = rng.choice(self.technicians)
            if visit["date_in"] < self.now:
                car["visits"].append(visit)


def next_inspection(delivered, today):
    """Day by which the next inspection mark is needed: every 2 years, yearly after 10."""
    year = 2
    while (due := _add_years(delivered, year)) < today:
        year += 2 if year < 10 else 1
    return due


def next_anniversary(delivered, today):
    """Next yearly day of the delivery (end of the insurance)."""
    year = today.year - delivered.year
    due = _add_years(delivered, year)
    return due if due >= today else _add_years(delivered, year + 1)


def _add_years(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 2, 28)
