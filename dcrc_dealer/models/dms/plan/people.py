"""Who a row speaks of (handbook CUS-10): phone and name together make a person."""

from ....tools.cells import name_key
from ....tools.dms_rows import Finding
from .entities import Person

FIRM_WORDS = ("公司", "集团", "厂", "合作社")
COLUMNS = {
    "name": "name",
    "dcrc_gender": "gender",
    "dcrc_birth_date": "birth_date",
    "street": "address",
    "email": "email",
    "dcrc_source": "source",
}


class PeopleMixin:
    """Finding and completing customers."""

    def _find_person(self, line, car, paper):
        """Return the row's person, a new one when nobody fits (None when it names nobody).

        A number and a name together identify. The same name on the same car or
        order is the same person with another number; the same number on the same
        order is the same person with a corrected name.
        """
        values = line.row.values
        key = name_key(values.get("name"))
        same_number = [person for number in line.row.numbers for person in self.index.by_phone.get(number, ())]
        around = car.knows() + ([paper.person] if paper and paper.person else [])
        if not key:
            return self._nameless(same_number, around)
        found = [p for p in same_number if p.is_called(key)] or [p for p in around if p.is_called(key)]
        if not found and paper and paper.person in same_number:
            found = [paper.person]
        if not found and line.row.masked:
            return None
        return found[0] if found else self._new_person(values["name"], key)

    def _nameless(self, same_number, around):
        """Who a number means when no name stands beside it: somebody of the car, or its only owner."""
        here = [person for person in same_number if person in around]
        if here or len(set(map(id, same_number))) == 1:
            return (here or same_number)[0]
        return None

    def _new_person(self, name, key):
        person = Person(key)
        person.put("name", name)
        if name.endswith(FIRM_WORDS):
            person.put("is_company", True)
        self.new_persons.append(person)
        return person

    def _complete_person(self, line, person):
        """Carry a sales row's personal data over; return whether anything changed."""
        values = line.row.values
        changed = False
        for name, column in COLUMNS.items():
            value = values.get(column)
            if name == "name" and value and person.get(name) and person.is_called(name_key(value)):
                continue  # another spelling, or the name before a merge: the file's stays
            changed |= self._merge(person, name, value, line, column)
        person.key = name_key(person.get("name"))
        return changed

    def _complete_phones(self, line, person):
        """Add the row's numbers, note a missing one; return whether anything changed."""
        values = line.row.values
        changed = False
        for column in ("phones", "landlines"):
            for place, (number, role, extension) in enumerate(values.get(column, ())):
                first = column == "phones" and not place
                changed |= self._add_number(line, person, number, column[:-1], role, extension, first)
        for finding in line.row.wrong:
            if finding.field == "phone" and not person.has_mobile:
                self._open_correction(line, finding)
        return changed

    def _add_number(self, line, person, number, column, role, extension="", first=True):
        if number in person.phones:
            return False
        stamp = person.edits.get("dcrc_phone_ids")
        late = stamp and self.index.local_day(stamp) >= self.list_date
        if person.record_id and (late or line.says(column)):
            # the center took this number off the file: an old list doesn't bring it back
            self._keep(person, "dcrc_phone_ids", number, line)
            return False
        before = bool(person.phones) and first
        proposer = line.proposer if person.record_id else None
        person.new_phones.append((number, role, extension, before, proposer))
        self.index.add_phone(person, number)
        return True

    def _open_correction(self, line, finding):
        self.wrong.append((line, finding))
        line.findings.append(Finding(f"correct_{finding.code}", finding.field, finding.text))
