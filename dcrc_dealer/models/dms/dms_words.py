"""The words for what can be wrong with a list and its rows."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Why a row is held back (its main reason, to filter and group by).
REASONS = [
    ("missing", "Something is missing"),
    ("date_impossible", "Impossible date"),
    ("date_unknown", "Date not understood"),
    ("date_far", "Date too far away"),
    ("vin_length", "VIN: not 17 characters"),
    ("vin_letter", "VIN: wrong letter"),
    ("vin_check_digit", "VIN: wrong check digit"),
    ("no_car", "Neither VIN nor plate"),
    ("plate_unknown", "No VIN, plate unknown"),
    ("plate_twice", "No VIN, plate of several cars"),
    ("plate_format", "No VIN, plate wrong"),
    ("kind_unknown", "Unknown kind of visit"),
    ("out_before_in", "Left before it came"),
    ("mileage_negative", "Mileage below zero"),
    ("mileage_high", "Mileage too high"),
    ("mileage_unknown", "Mileage not understood"),
    ("failed", "Could not be written"),
]

# Findings in full: what is wrong, and what to do where it isn't obvious.
FINDINGS = {
    "missing": _lt("%(column)s is missing"),
    "date_impossible": _lt("%(column)s: “%(text)s” is a day that does not exist"),
    "date_unknown": _lt("%(column)s: “%(text)s” is no date"),
    "date_far": _lt("%(column)s: “%(text)s” is too far away to be right"),
    "vin_length": _lt("VIN “%(text)s” does not have 17 characters"),
    "vin_letter": _lt("VIN “%(text)s” has a character that no VIN has (I, O, Q or a sign)"),
    "vin_check_digit": _lt("VIN “%(text)s”: the check digit is wrong; a manager may accept it"),
    "no_car": _lt("Neither VIN nor plate: the car is unknown"),
    "plate_unknown": _lt("VIN is empty and plate “%(text)s” is not known"),
    "plate_twice": _lt("VIN is empty and several cars carry plate “%(text)s”"),
    "plate_format": _lt("Plate “%(text)s” is no number plate"),
    "kind_unknown": _lt("“%(text)s” is no known kind of visit"),
    "out_before_in": _lt("The car left (“%(text)s”) before it came in"),
    "mileage_negative": _lt("Mileage “%(text)s” is below zero"),
    "mileage_high": _lt("Mileage “%(text)s” is too high to be right"),
    "mileage_unknown": _lt("Mileage “%(text)s” is no number"),
    "failed": _lt("Could not be written: %(text)s"),
    "same_in_file": _lt("The same row stands earlier in this list"),
    "held_already": _lt("The same row is held back already"),
    "older_list": _lt("A newer list has told of this order already"),
    "left_out": _lt("%(column)s: “%(text)s” was not understood and left out"),
    "centre_value": _lt("%(column)s: the centre's value stays, the list says “%(text)s”"),
    "proposed": _lt("%(column)s: “%(text)s” waits for the manager's word"),
    "correct_missing": _lt("%(column)s is missing: a correction is opened"),
    "correct_phone_length": _lt("“%(text)s” has too few or too many digits: a correction is opened"),
    "correct_phone_invalid": _lt("“%(text)s” is no phone number: a correction is opened"),
    "correct_plate_format": _lt("“%(text)s” is no number plate: a correction is opened"),
}

# Why a whole file can't be read.
PROBLEMS = {
    "empty": _lt("The file is empty."),
    "too_big": _lt(
        "The file has %(size)s MB; at most %(limit)s MB are read."
        " Export fewer days, or raise the limit in the settings."
    ),
    "wrong_kind": _lt("This is no list: please give a .csv, .xlsx or .xls file."),
    "web_page": _lt(
        "This is a web page under the name of a list. Open it in Excel, save it as .xlsx and give that file."
    ),
    "password": _lt("The workbook is protected by a password: save it without one and try again."),
    "zip_bomb": _lt("The workbook unpacks to far more than a list can be; it was not opened."),
    "broken": _lt("The workbook is damaged: export it again."),
    "encoding": _lt("The text's encoding is unknown: save the list as UTF-8 and try again."),
    "quotes": _lt("A quotation mark in line %(line)s is never closed: export the list again."),
    "no_header": _lt(
        "No line of the first ten names columns of a sales or service list."
        " Say which list it is, or export it with its headings."
    ),
    "missing_columns": _lt("No column was recognised for: %(columns)s. Choose them below."),
    "no_rows": _lt("The list has headings but no rows."),
    "seen_before": _lt("This very file was given before, on %(date)s. Importing it again changes nothing."),
    "skipped": _lt("%(count)s lines that repeat the headings or sum up were left out: %(lines)s."),
}
