"""One row of a DMS list: what it says, and whether it may go in.

How to use::

    rules = RowRules(visit_kinds={"首保": "first"}, today=date(2026, 11, 21))
    row = judge("service", {"order_no": "WX1", "mileage": "12,345 公里", …}, rules)
    row.values    # {"mileage": 12345, …}: only what was understood
    row.holds     # [Finding("missing", "date_in", "")]: why it can't go in
    row.wrong     # what goes in all the same and opens a correction of the file
    row.notes     # what was left out of an otherwise good row
    row.masked    # the name or number that was made unreadable: others must tell who it is
    row.skip      # why the paper is none of ours (PDI, the dealer's own cars)

A finding is a code for the reader's words, the field, and the cell's text. Nothing
is looked up here: whether a car or an order is known is the importer's question.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from . import cells as parse
from .phone import read_phones
from .plate import check_plate
from .row_rules import NOT_A_VISIT, RowRules
from .vin import REMEMBERED, check_vin
from .void import void_of

__all__ = ["NOT_A_VISIT", "Finding", "Row", "RowRules", "fold_kind", "judge", "order_number", "row_digest"]

GENDERS = dict.fromkeys(("男", "男性", "先生", "m", "male", "mr"), "male")
GENDERS |= dict.fromkeys(("女", "女性", "女士", "小姐", "f", "female", "ms", "mrs"), "female")
TEXTS = {
    "sales": (
        "address",
        "email",
        "model_code",
        "model_name",
        "color",
        "engine_number",
        "consultant",
        "insurer",
        "source",
        "status",
    ),
    "service": ("model_code", "model_name", "adviser", "technician", "work", "status"),
}
# A word for nothing says nothing in these columns; in the others it may be what is meant.
TELLING = {
    *("order_no", "name", "phone", "landline", "email", "address", "vin", "plate", "engine_number", "insurer"),
    *("gender", "mileage", "labour_amount", "parts_amount", "amount_total", "booked"),
}
DAYS = {"birth_date", "invoice_date", "date", "insurance_end", "date_in", "date_out"}
NO_DAYS = {"0", "0.0", "00:00", "00:00:00"}
AMOUNTS = ("labour_amount", "parts_amount", "amount_total")
FAR = timedelta(days=366)


class Finding(NamedTuple):
    """Something about a cell: a code for the words, the field, the cell's text."""

    code: str
    field: str = ""
    text: str = ""


@dataclass
class Row:
    """A judged row."""

    values: dict = field(default_factory=dict)
    holds: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    masked: Finding = None
    skip: Finding = None

    @property
    def numbers(self):
        """All numbers that the row names, the one to dial first."""
        return [number for number, _role, _extension in self.values.get("phones", ())]


def fold_kind(word):
    """Return what spellings of one word for a kind of visit have in common."""
    return parse.fold(word).replace(" ", "").casefold()


def row_digest(cells):
    """Return a short fingerprint of a row: equal for equal cells, however ordered."""
    said = sorted((name, text) for name, text in cells.items() if text)
    return hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode(), digest_size=12).hexdigest()


def order_number(cells):
    """Return a row's order number without blanks, "" when it has none or has lost digits."""
    return _order_number(cells.get("order_no"))


@lru_cache(REMEMBERED)
def _order_number(text):
    if parse.is_empty(text) or parse.lost_digits(text):
        return ""
    return "".join(parse.fold(parse.in_full(text)).split())


def judge(kind, cells, rules):
    """Return the `Row` that ``cells`` ({field: text}) of a sales or service list make."""
    row = Row()
    written, cells = cells, _telling(cells, rules)
    row.values.update(void_of(cells, rules.void_words))
    for name in TEXTS[kind]:
        if text := parse.clean_text(cells.get(name)):
            row.values[name] = text
    _order(row, cells)
    _car(row, cells, rules)
    _phones(row, cells, required=kind == "sales" and not parse.fold(written.get("phone")))
    (_sales if kind == "sales" else _service)(row, cells, rules)
    return row


def _telling(cells, rules):
    """The cells that say something: words for nothing and days that no calendar means are left out."""
    telling = {}
    for name, text in cells.items():
        if text and name in TELLING:
            text = "" if rules.nothing and fold_kind(text) in rules.nothing else text
        elif text and name in DAYS:
            text = "" if text in NO_DAYS or parse.day_of(text) in rules.no_days else text
        telling[name] = text
    return telling


def _order(row, cells):
    order = order_number(cells)
    if order:
        row.values["order_no"] = order
    elif parse.lost_digits(cells.get("order_no")):
        row.holds.append(Finding("order_digits", "order_no", cells["order_no"]))
    else:
        row.holds.append(Finding("missing", "order_no"))
    name = parse.clean_name(cells.get("name"))
    if parse.is_empty(name):
        return
    if parse.is_masked(name) and not name.startswith("="):
        row.masked = Finding("name_masked", "name", name)
    else:
        row.values["name"] = name


def _car(row, cells, rules):
    """VIN and plate; a wrong check digit passes where a manager has accepted it."""
    plate, _kind, plate_error = check_plate("" if parse.is_empty(cells.get("plate")) else cells["plate"])
    if not plate_error:
        row.values["plate"] = plate
    vin, error = check_vin("" if parse.is_empty(cells.get("vin")) else cells["vin"])
    if error == "vin_check_digit" and vin in rules.accepted:
        error = None
        row.values["vin_accepted"] = True
    if not error:
        row.values["vin"] = vin
        if plate_error == "plate_format":
            row.wrong.append(Finding("plate_format", "plate", cells["plate"]))
    elif error != "vin_empty":
        row.holds.append(Finding(error, "vin", cells["vin"]))
    elif plate_error:
        code = "no_car" if plate_error == "plate_empty" else "plate_format"
        row.holds.append(Finding(code, "vin" if code == "no_car" else "plate", cells.get("plate") or ""))


def _phones(row, cells, required):
    """All numbers of the row; ``phone`` is the first one to dial, a mobile where there is one.

    ``required``: nothing stands there. A word for none (暂无) is an answer and opens nothing.
    """
    text = cells.get("phone") or ""
    found, error, rest = read_phones("" if parse.is_empty(text) else text)
    found = sorted(found, key=lambda one: one.kind != "mobile")
    if found:
        row.values["phone"] = found[0].number
        row.values["phones"] = [(one.number, one.kind, one.extension) for one in found]
        row.notes += [Finding("left_out", "phone", part) for part in rest]
    elif error == "phone_masked":
        row.masked = row.masked or Finding(error, "phone", text)
    elif error != "phone_empty":
        row.wrong.append(Finding(error, "phone", text))
    elif required:
        row.wrong.append(Finding("missing", "phone"))
    landline = cells.get("landline") or ""
    if not parse.is_empty(landline):
        found, error, rest = read_phones(landline)
        row.values["landlines"] = [(one.number, "landline", one.extension) for one in found]
        row.notes += [Finding("left_out", "landline", part) for part in (rest if found else [landline])]


def _sales(row, cells, rules):
    if "name" not in row.values and not (row.masked and row.masked.field == "name"):
        row.holds.append(Finding("missing", "name"))
    gender = GENDERS.get(parse.fold(cells.get("gender")).casefold())
    if gender:
        row.values["gender"] = gender
    _moment(row, cells, "date", parse.parse_date, rules, required=True)
    for name in ("birth_date", "invoice_date", "insurance_end"):
        day, error = parse.parse_date(cells.get(name), rules.zone, rules.date1904)
        if error or (name == "birth_date" and day and day > rules.today):
            row.notes.append(Finding("left_out", name, cells[name]))
        elif day:
            row.values[name] = day


def _service(row, cells, rules):
    word = parse.clean_text(cells.get("kind"))
    kind = rules.visit_kinds.get(fold_kind(word))
    if kind == NOT_A_VISIT:
        row.skip = Finding(NOT_A_VISIT, "kind", word)
    elif kind:
        row.values["kind"] = kind
        if kind == "repair" and (proposed := _service_in(row.values.get("work"), rules)):
            row.values["kind_proposed"] = proposed
    else:
        row.holds.append(Finding("kind_unknown" if word else "missing", "kind", word))
    _moment(row, cells, "date_in", parse.parse_datetime, rules, required=True)
    _moment(row, cells, "date_out", parse.parse_datetime, rules, required=False)
    came, left = row.values.get("date_in"), row.values.get("date_out")
    if came and left and left < came:
        row.holds.append(Finding("out_before_in", "date_out", cells["date_out"]))
    _mileage(row, cells, rules)
    for name in AMOUNTS:
        amount, error = parse.parse_number(cells.get(name))
        if error:
            row.notes.append(Finding("left_out", name, cells[name]))
        elif amount is not None:
            row.values[name] = round(amount, 2)
    booked, error = parse.parse_flag(cells.get("booked"))
    if error:
        row.notes.append(Finding("left_out", "booked", cells["booked"]))
    elif booked is not None:
        row.values["booked"] = booked


def _service_in(work, rules):
    """The kind of service that the work of a repair shows, or None; the longest word decides."""
    said = fold_kind(work)
    found = [word for word in rules.service_work if word in said]
    return rules.service_work[max(found, key=len)] if found else None


def _moment(row, cells, name, reader, rules, required):
    """Read a day or moment that the row stands on."""
    text = cells.get(name) or ""
    value, error = reader(text, rules.zone, rules.date1904)
    if error:
        row.holds.append(Finding(error, name, text))
    elif value is None:
        if required:
            row.holds.append(Finding("missing", name))
    else:
        day = value.date() if hasattr(value, "hour") else value
        if day < rules.earliest or rules.today != date.max and day > rules.today + FAR:
            row.holds.append(Finding("date_far", name, text))
        elif day > (rules.list_date or rules.today):
            row.holds.append(Finding("date_late", name, text))
        else:
            row.values[name] = value


def _mileage(row, cells, rules):
    text = cells.get("mileage") or ""
    mileage, error = parse.parse_integer(text)
    if error:
        row.holds.append(Finding("mileage_unknown", "mileage", text))
    elif mileage is not None and mileage < 0:
        row.holds.append(Finding("mileage_negative", "mileage", text))
    elif mileage is not None and mileage > rules.max_mileage:
        row.holds.append(Finding("mileage_high", "mileage", text))
    elif mileage is not None:
        row.values["mileage"] = mileage
