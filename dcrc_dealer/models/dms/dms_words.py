"""The words for what can be wrong with a list and its rows."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# Why a row is held back (its main reason, to filter and group by).
REASONS = [
    ("missing", "Something is missing"),
    ("date_impossible", "Impossible date"),
    ("date_unknown", "Date not understood"),
    ("date_far", "Date too far away"),
    ("date_late", "Date after the list's own"),
    ("order_digits", "Order number has lost digits"),
    ("name_masked", "Name made unreadable"),
    ("phone_masked", "Number made unreadable"),
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
    "date_late": _lt("%(column)s: “%(text)s” lies after the date of the list itself"),
    "order_digits": _lt(
        "Order number “%(text)s” has lost digits in Excel and names no order: export it as text, or write it here"
    ),
    "name_masked": _lt("“%(text)s” names nobody, and neither car nor number tell who it is: export without masking"),
    "phone_masked": _lt("“%(text)s” is no number, and the car does not tell who it is: export without masking"),
    "not_visit": _lt("“%(text)s” is no customer's visit: left out"),
    "lines_joined": _lt("Lines %(text)s of the list are one order: their work and amounts stand together"),
    "service_by_work": _lt("The work reads like a service: to be confirmed on the visit"),
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
    "centre_value": _lt("%(column)s: the center's value stays, the list says “%(text)s”"),
    "proposed": _lt("%(column)s: “%(text)s” waits for the manager's word"),
    "void": _lt("“%(text)s”: the order is void from now on"),
    "void_known": _lt("“%(text)s”: the order is void already"),
    "void_new": _lt("“%(text)s”: the order is void, nothing was made of it"),
    "void_stays": _lt("The order is void and stays so: a manager lets it count again"),
    "correct_missing": _lt("%(column)s is missing: a correction is opened"),
    "correct_phone_length": _lt("“%(text)s” has too few or too many digits: a correction is opened"),
    "correct_phone_invalid": _lt("“%(text)s” is no phone number: a correction is opened"),
    "correct_phone_digits": _lt("“%(text)s” has lost digits in Excel: a correction is opened"),
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
    "web_page": _lt("This is a web page without a table. Open it in Excel, save it as .xlsx and give that file."),
    "password": _lt("The workbook is protected by a password: save it without one and try again."),
    "zip_bomb": _lt("The workbook unpacks to far more than a list can be; it was not opened."),
    "far_cell": _lt(
        "A cell far below or beside the list makes the sheet too large to read."
        " Delete the empty rows below the list and the empty columns beside it, save, and try again."
    ),
    "too_wide": _lt("The list has more than %(limit)s columns: delete those that are no part of it."),
    "too_long": _lt("The list has more than %(limit)s rows: export fewer days."),
    "entities": _lt("The file defines entities of its own, which no list needs; it was not opened."),
    "bad_signs": _lt("The rows contain signs that are no text (NUL or half characters): export the list again."),
    "reader_died": _lt(
        "The file could not be read: twice the reader was ended by it."
        " Open it in Excel, save it as .xlsx and give that file."
    ),
    "reading_waits": _lt("The list is read in the background, one after the other: it shows here when it is there."),
    "reading_again": _lt("Reading was cut off; it is tried once more in the background."),
    "other_sheets": _lt("Not read, because other headings stand in them: %(sheets)s."),
    "sheets_read": _lt("Read from several sheets: %(sheets)s."),
    "unused_columns": _lt("Not used: %(headers)s."),
    "by_content": _lt("Recognized by what stands in them; please check: %(headers)s."),
    "important_missing": _lt("Before you import: this list has no column for %(columns)s."),
    "broken": _lt("The workbook is damaged: export it again."),
    "encoding": _lt("The text's encoding is unknown: save the list as UTF-8 and try again."),
    "quotes": _lt("A quotation mark in line %(line)s is never closed: export the list again."),
    "no_header": _lt(
        "No line of the first ten names columns of a sales or service list."
        " Say which list it is, or export it with its headings."
    ),
    "missing_columns": _lt("No column was recognized for: %(columns)s. Choose them below."),
    "no_rows": _lt("The list has headings but no rows."),
    "seen_before": _lt("This very file was given before, on %(date)s. Importing it again changes nothing."),
    "skipped": _lt("%(count)s lines that repeat the headings or sum up were left out: %(lines)s."),
}
