"""Which car a row speaks of, and whose it is (handbook CUS-10)."""

from ....tools.dms_rows import Finding
from .entities import Car

SALES_COLUMNS = {
    "license_plate": "plate",
    "color": "color",
    "dcrc_engine_number": "engine_number",
    "dcrc_purchase_date": "invoice_date",
    "dcrc_delivery_date": "date",
    "dcrc_consultant": "consultant",
    "dcrc_insurer": "insurer",
    "dcrc_insurance_end": "insurance_end",
}


class CarsMixin:
    """Finding and completing cars, and handing them over."""

    def _find_car(self, line):
        """Return the row's car, a new one for a new VIN; a row without one is held."""
        values = line.row.values
        vin, plate = values.get("vin"), values.get("plate")
        if vin:
            known = self.index.by_vin.get(vin) or self._adopt(vin, plate)
            if known or not line.row.masked or self._find_person(line, Car(), None):
                return known or self._new_car(values)
            line.row.holds.append(line.row.masked)
            return None
        found = self.index.cars_of_plate(plate)
        if len(found) == 1:
            return found[0]
        code = "plate_twice" if found else "plate_unknown"
        line.row.holds.append(Finding(code, "plate", line.cells.get("plate") or ""))
        return None

    def _adopt(self, vin, plate):
        """A car so far known by its plate alone gets its VIN."""
        found = [car for car in self.index.cars_of_plate(plate) if not car.get("vin_sn")]
        if len(found) != 1:
            return None
        found[0].put("vin_sn", vin)
        self.index.name_car(found[0])
        return found[0]

    def _new_car(self, values):
        car = Car()
        car.put("vin_sn", values["vin"])
        if values.get("vin_accepted"):
            car.put("dcrc_vin_accepted", True)
        self.new_cars.append(car)
        self.index.name_car(car)
        return car

    def _complete_car(self, line, car, day, columns):
        """Carry a row's data of the car over unless newer news are known; return if changed."""
        values = line.row.values
        fresh = car.seen_at is None or day >= car.seen_at
        if fresh:
            car.seen_at = day
        changed = False
        for name, column in columns.items():
            if fresh or car.get(name) is None:
                changed |= self._merge(car, name, values.get(column), line, column)
        self.index.name_car(car)
        changed |= self._complete_model(line, car, fresh)
        for finding in line.row.wrong:
            if finding.field == "plate" and not car.get("license_plate"):
                self._open_correction(line, finding)
        return changed

    def _complete_model(self, line, car, fresh):
        """Put the model on a car that has none; only a sales list corrects one."""
        values = line.row.values
        name, code = values.get("model_name"), values.get("model_code")
        known = car.get("model_id") not in (None, False, self._unknown_model())
        settled = known and (self.kind != "sales" or not fresh or line.says("model_name", "model_code"))
        if settled or not (name or code):
            return False
        model = self._models().get((name or code).casefold()) or (name or code, code or "")
        if car.get("model_id") == model:
            return False
        car.put("model_id", model)
        return True

    def _unknown_model(self):
        """The model of cars whose list names none (asked once: a reference costs a query)."""
        if self._unknown_model_id is None:
            self._unknown_model_id = self.env.ref("dcrc_dealer.vehicle_model_unknown").id
        return self._unknown_model_id

    def _models(self):
        """Known models by name, else by code; a model to be made is a (name, code)."""
        if self._model_ids is None:
            found = self.env["fleet.vehicle.model"].search_read([], ["name", "dcrc_code"], load=False)
            codes = {vals["dcrc_code"].casefold(): vals["id"] for vals in found if vals["dcrc_code"]}
            names = {(vals["name"] or "").casefold(): vals["id"] for vals in found}
            self._model_ids = {**codes, **names}
        return self._model_ids

    def _own(self, line, car, person, day, paper):
        """Make the buyer the owner where the list may say so; return whether it changed.

        A later purchase is an ownership change. The same order under another name
        is a correction of the buyer. What the center noted later than the list stays.
        """
        if car.owner is person:
            return False
        if car.owner is not None:
            moved = self._is_moved(line, paper, car)
            if line.says("name", "phone") and not moved:
                return False
            if car.owner_by_hand and car.owner_by_hand >= self.list_date:
                self._keep(car, "dcrc_owner_id", person.get("name"), line)
                return False
            corrected = moved or (paper is not None and paper.person is car.owner)
            if not corrected and car.owner_since and day <= car.owner_since:
                return False
        if line.proposer and car.record_id and car.knows() and car.knows()[0] is not person:
            return self._claim(line, car, "dcrc_owner_id", person, day=day)
        if person in car.users:
            car.users.remove(person)
        car.owner, car.owner_since, car.owner_by_hand = person, day, None
        car.new_owner = day
        return True

    def _is_moved(self, line, paper, car):
        """Whether a known order names another car than before."""
        return bool(paper and paper.car and paper.car is not car and not line.says("vin", "plate"))

    def _leave(self, line, paper, day):
        """A corrected order names another car: this one was never its buyer's (FUP-12)."""
        car = paper.car
        if car.owner is paper.person and not car.owner_by_hand:
            car.owner = car.owner_since = None
            car.new_owner, car.why = day, line.order
        for name, column in (("dcrc_delivery_date", "date"), ("dcrc_purchase_date", "invoice_date")):
            if paper.values.get(column) and car.get(name) == paper.values[column]:
                car.put(name, False)

    def _use(self, car, person, day):
        """Note who brought the car as its user, unless owner or known; return if new."""
        if person is None or person in car.knows():
            return False
        car.users.append(person)
        car.new_users.append((person, day))
        return True
