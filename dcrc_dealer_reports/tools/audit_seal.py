"""The seal of an audit workbook: made while it is written, checked without Odoo (REP-4).

The last sheet of a workbook holds a statement, JSON in one cell: who made it, for which dealers
and days, and of every other sheet the rows and a digest of what stands in them. It is signed
(Ed25519) with the dealer's key; headquarters knows the public half. Digests are of *values*,
not of bytes: saving the file in another program changes nothing, a figure, a row or a sheet does.
Charts, widths and colours are not sealed; a chart shows cells that are.

While writing::

    digest = SheetDigest()
    digest.add(values)                       # of every row, empty ones too, top down
    text, signature = seal(statement, private_key)

Checking, as a script of its own (needs python-calamine and cryptography)::

    python audit_seal.py [--key KEY]… FILE   # says what is wrong, exit code 0 if nothing is

or `check_workbook` from Python. Nothing of Odoo is imported: headquarters may copy this one file.
"""

import argparse
import base64
import datetime
import hashlib
import io
import json
import sys

FORMAT = 1
SHEET = "Seal 校验"
MARK = "DCRC-AUDIT"
DIGITS = 12  # of a number: what programs keep when they save a workbook again

WORDS = {
    "unreadable": "The file is not a workbook that can be read.",
    "no_seal": "The workbook has no seal: it is no audit, or its last sheet was taken away.",
    "format": "The seal is of a later kind: check it with a newer version.",
    "signature": "The seal itself was changed: its signature does not hold.",
    "key_unknown": "The seal was made with a key that is not known here: {key}",
    "other_dealer": "The seal is of another dealer than its key: {dealer}",
    "sheet_missing": "Sheet “{sheet}” was removed.",
    "sheet_added": "Sheet “{sheet}” was added.",
    "sheets_moved": "The sheets stand in another order.",
    "rows": "Sheet “{sheet}”: {found} rows instead of {sealed}.",
    "changed": "Sheet “{sheet}” was changed.",
}


class Broken(Exception):
    """The workbook can't be checked at all; ``code`` is one of `WORDS`."""

    def __init__(self, code):
        super().__init__(WORDS[code])
        self.code = code


class SheetDigest:
    """The digest of one sheet, row after row: constant memory whatever its length."""

    def __init__(self):
        self.rows = 0  # that hold something
        self._row = 0
        self._digest = hashlib.sha256()

    def add(self, values):
        """Take the next row; ``values`` are what the cells hold, None or "" an empty one."""
        cells = [(place, text) for place, text in enumerate(map(cell_text, values)) if text]
        if cells:
            line = json.dumps([self._row, cells], ensure_ascii=False, separators=(",", ":"))
            self._digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
            self.rows += 1
        self._row += 1

    def hex(self):
        """Return the digest of all rows so far."""
        return self._digest.hexdigest()


def cell_text(value):
    """Return one text for a cell's value, the same before it is written and after it is read."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f"b:{value:d}"
    if isinstance(value, int | float):
        return f"n:{float(value) + 0.0:.{DIGITS}g}"
    if isinstance(value, datetime.datetime):
        return "d:" + (value + datetime.timedelta(microseconds=500_000)).strftime("%Y-%m-%dT%H:%M:%S")
    if isinstance(value, datetime.date):
        return f"d:{value:%Y-%m-%d}T00:00:00"
    return "s:" + str(value).replace("\r\n", "\n").replace("\r", "\n")


def new_key():
    """Return a new private key (32 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(private):
    """Return the public half, as text: what headquarters keeps."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()).decode()


def fingerprint(public):
    """Return what people compare on the phone: sixteen letters and digits of a public key."""
    digest = hashlib.sha256(base64.b64decode(public)).hexdigest()[:16].upper()
    return "-".join(digest[place : place + 4] for place in range(0, 16, 4))


def seal(statement, private):
    """Return ``(text, signature)`` of a statement.

    :param statement: a dict: ``dealer``, ``period``, ``made`` … and ``sheets``: of each sheet in
        order ``{"name", "rows", "digest"}``; its format and key are added
    :param private: the dealer's private key, 32 bytes
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    told = {**statement, "format": FORMAT, "key": public_key(private)}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(text.encode())
    return text, base64.b64encode(signature).decode()


def seal_rows(statement, private):
    """Return the rows of the sheet `SHEET`: its mark, the statement, the signature, then words."""
    text, signature = seal(statement, private)
    told = json.loads(text)
    rows = [[MARK, FORMAT], ["statement", text], ["signature", signature], []]
    rows.append(["key", fingerprint(told["key"])])
    rows.extend([sheet["name"], sheet["rows"], sheet["digest"]] for sheet in told["sheets"])
    return rows


def check_workbook(data, keys=None):
    """Return ``(statement, problems)`` of a workbook.

    :param data: the file's bytes
    :param keys: dict of public key → dealer's name as headquarters knows it; None: any key may sign
    :return: what the seal states, and a list of ``(code, params)``, empty if all is as it was sealed;
        `WORDS` has the sentence of each code
    :raises Broken: no workbook, no seal, or a later format
    """
    sheets = _read(data)
    statement, problems = _read_seal(sheets)
    problems += _check_key(statement, keys)
    if ("signature", {}) not in problems:
        problems += _check_sheets(statement, sheets)
    return statement, problems


def _read(data):
    """Return dict of sheet's name → its rows; hidden ones, too."""
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except BaseException as problem:  # noqa: B036 - the reader's own panic is no Exception
        if isinstance(problem, KeyboardInterrupt):
            raise
        raise Broken("unreadable") from problem


def _read_seal(sheets):
    """Return the statement on the seal's sheet and, if its signature doesn't hold, that problem."""
    rows = sheets.get(SHEET) or []
    told = {row[0]: row[1] for row in rows[:3] if len(row) > 1}
    if MARK not in told or not told.get("statement") or not told.get("signature"):
        raise Broken("no_seal")
    if told[MARK] != FORMAT:
        raise Broken("format")
    try:
        statement = json.loads(told["statement"])
        holds = _signed(told["statement"], told["signature"], statement["key"])
        complete = all({"name", "rows", "digest"} <= set(sheet) for sheet in statement["sheets"])
    except (ValueError, KeyError, TypeError) as problem:
        raise Broken("no_seal") from problem
    return statement, [] if holds and complete else [("signature", {})]


def _signed(text, signature, public):
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), text.encode("utf-8", "surrogatepass"))
    except InvalidSignature:
        return False
    return True


def _check_key(statement, keys):
    """Say when headquarters doesn't know the key, or knows it as somebody else's."""
    if keys is None:
        return []
    if statement["key"] not in keys:
        return [("key_unknown", {"key": fingerprint(statement["key"])})]
    if keys[statement["key"]] not in (None, statement.get("dealer")):
        return [("other_dealer", {"dealer": statement.get("dealer")})]
    return []


def _check_sheets(statement, sheets):
    """Compare every sheet with what was sealed of it."""
    sealed = {sheet["name"]: sheet for sheet in statement["sheets"]}
    problems = [("sheet_missing", {"sheet": name}) for name in sealed if name not in sheets]
    found = [name for name in sheets if name != SHEET]
    problems += [("sheet_added", {"sheet": name}) for name in found if name not in sealed]
    if not problems and found != list(sealed):
        problems.append(("sheets_moved", {}))
    for name in found:
        if name in sealed:
            problems += _check_sheet(name, sealed[name], sheets[name])
    return problems


def _check_sheet(name, sealed, rows):
    digest = SheetDigest()
    for row in rows:
        digest.add(row)
    if digest.rows != sealed["rows"]:
        return [("rows", {"sheet": name, "found": digest.rows, "sealed": sealed["rows"]})]
    return [("changed", {"sheet": name})] if digest.hex() != sealed["digest"] else []


def main(argv=None):
    """Check one file; print what was found. Exit code 0: as sealed, 1: not, 2: can't be checked."""
    parser = argparse.ArgumentParser(description="Check the seal of an audit workbook.")
    parser.add_argument("file")
    parser.add_argument(
        "--key", action="append", help="a known public key, or KEY:DEALER; without any, every key is taken"
    )
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    parser.add_argument("--limited", action="store_true", help="take no more than 2 GB and a minute")
    parser.add_argument("--path", action="append", default=[], help="where the libraries lie")
    options = parser.parse_args(argv)
    sys.path.extend(options.path)
    if options.limited:
        limit_itself()
    keys = None
    if options.key is not None:
        keys = {key: dealer or None for key, _colon, dealer in (given.partition(":") for given in options.key)}
    try:
        with open(0 if options.file == "-" else options.file, "rb") as file:
            statement, problems = check_workbook(file.read(), keys)
    except Broken as problem:
        statement, problems = None, [(problem.code, {})]
    except OSError as problem:
        parser.error(f"{options.file}: {problem.strerror}")
    sys.stdout.write((json.dumps([statement, problems]) if options.json else _in_words(statement, problems)) + "\n")
    return 2 if statement is None else 1 if problems else 0


def limit_itself():
    """Bound what a file can take: a damaged one asks for more memory than there is."""
    import resource

    for name, value in ((resource.RLIMIT_AS, 2 * 1024**3), (resource.RLIMIT_CPU, 60), (resource.RLIMIT_CORE, 0)):
        hard = resource.getrlimit(name)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(name, (value, value))


def _in_words(statement, problems):
    lines = [WORDS[code].format(**params) for code, params in problems]
    if statement:
        lines.append(f"Sealed by {statement.get('dealer')}, key {fingerprint(statement['key'])}")
    return "\n".join(lines if problems else ["As it was sealed.", *lines])


if __name__ == "__main__":
    sys.exit(main())
