"""One row of a DMS list: what it says, and whether it may go in.

How to use::

    rules = RowRules(visit_kinds={"首保": "first"}, today=date(2026, 11, 21))
    row = judge("service", {"order_no": "WX1", "mileage": "12,345 公里", …}, rules)
    row.values    # {"mileage": 12345, …}: only what was understood
    row.holds     # [Finding("missing", "date_in", "")]: why it can't go in
    row.wrong     # what goes in all the same and opens a correction of the file
    row.notes     # what was left out of an otherwise good row

A finding is a code for the reader's words, the field, and the cell's text. Nothing
is looked up here: whether a car or an order is known is the importer's question.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from . import cells as parse
from .phone import normalise_phone
from .plate import check_plate
from .vin import check_vin

GENDERS = {
    "男": "male",
    "男性": "male",
    "先生": "male",
    "m": "male",
    "male": "male",
    "mr": "male",
    "女": "female",
    "女性": "female",
    "女士": "female",
    "小姐": "female",
    "f": "female",
    "female": "female",
    "ms": "female",
    "mrs": "female",
}
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
    ),
    "service": ("model_code", "model_name", "adviser", "technician", "work"),
}
AMOUNTS = ("labour_amount", "parts_amount", "amount_total")
FUTURE_DAYS = 366
EARLIEST = date(1980, 1, 1)


class Finding(NamedTuple):
    """Something about a cell: a code for the words, the field, the cell's text."""

    code: str
    field: str = ""
    text: str = ""


@dataclass
class RowRules:
    """What a dealer may change about judging rows.

    ``visit_kinds`` maps a folded word of the list to a kind of visit,
    ``max_mileage`` is in km, ``accept_vin`` lets a wrong check digit pass.
    """

    visit_kinds: dict = field(default_factory=dict)
    max_mileage: int = 1_000_000
    today: date = date.max
    accept_vin: bool = False


@dataclass
class Row:
    """A judged row."""

    values: dict = field(default_factory=dict)
    holds: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def fold_kind(word):
    """Return what spellings of one word for a kind of visit have in common."""
    return parse.fold(word).replace(" ", "").casefold()


def row_digest(cells):
    """Return a short fingerprint of a row: equal for equal cells, however ordered."""
    said = sorted((name, text) for name, text in cells.items() if text)
    return hashlib.blake2b(json.dumps(said, ensure_ascii=False).encode(), digest_size=12).hexdigest()


def order_number(cells):
    """Return a row's order number without blanks, "" when it has none."""
    text = cells.get("order_no")
    return "" if parse.is_empty(text) else "".join(parse.fold(text).split())


def judge(kind, cells, rules):
    """Return the `Row` that ``cells`` ({field: text}) of a sales or service list make."""
    row = Row()
    for name in TEXTS[kind]:
        if text := parse.clean_text(cells.get(name)):
            row.values[name] = text
    _order(row, cells)
    _car(row, cells, rules)
    _phone(row, cells, required=kind == "sales")
    (_sales if kind == "sales" else _service)(row, cells, rules)
    return row


def _order(row, cells):
    order = order_number(cells)
    if order:
        row.values["order_no"] = order
    else:
        row.holds.append(Finding("missing", "order_no"))
    name = parse.clean_name(cells.get("name"))
    if name and not parse.is_empty(name):
        row.values["name"] = name


def _car(row, cells, rules):
    """VIN and plate; a wrong check digit passes where a manager has accepted it."""
    plate, _kind, plate_error = check_plate(cells.get("plate"))
    if not plate_error:
        row.values["plate"] = plate
    vin, error = check_vin("" if parse.is_empty(cells.get("vin")) else cells["vin"])
    if error == "vin_check_digit" and rules.accept_vin:
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


def _phone(row, cells, required):
    text = cells.get("phone") or ""
    number, kind, error = normalise_phone("" if parse.is_empty(text) else text)
    if not error:
        row.values["phone"] = number
        row.values["phone_kind"] = kind
    elif error != "phone_empty":
        row.wrong.append(Finding(error, "phone", text))
    elif required:
        row.wrong.append(Finding("missing", "phone"))
    landline = cells.get("landline") or ""
    if not parse.is_empty(landline):
        number, _kind, error = normalise_phone(landline)
        if error:
            row.notes.append(Finding("left_out", "landline", landline))
        else:
            row.values["landline"] = number


def _sales(row, cells, rules):
    if "name" not in row.values:
        row.holds.append(Finding("missing", "name"))
    gender = GENDERS.get(parse.fold(cells.get("gender")).casefold())
    if gender:
        row.values["gender"] = gender
    _moment(row, cells, "date", parse.parse_date, rules, required=True)
    for name in ("birth_date", "invoice_date", "insurance_end"):
        day, error = parse.parse_date(cells.get(name))
        if error or (name == "birth_date" and day and day > rules.today):
            row.notes.append(Finding("left_out", name, cells[name]))
        elif day:
            row.values[name] = day


def _service(row, cells, rules):
    word = parse.clean_text(cells.get("kind"))
    kind = rules.visit_kinds.get(fold_kind(word))
    if kind:
        row.values["kind"] = kind
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


def _moment(row, cells, name, reader, rules, required):
    """Read a day or moment that the row stands on."""
    text = cells.get(name) or ""
    value, error = reader(text)
    if error:
        row.holds.append(Finding(error, name, text))
    elif value is None:
        if required:
            row.holds.append(Finding("missing", name))
    else:
        day = value.date() if hasattr(value, "hour") else value
        if day < EARLIEST or day > _latest(rules):
            row.holds.append(Finding("date_far", name, text))
        else:
            row.values[name] = value


def _latest(rules):
    return rules.today if rules.today == date.max else rules.today + timedelta(days=FUTURE_DAYS)


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
