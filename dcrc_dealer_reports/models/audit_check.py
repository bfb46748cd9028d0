import base64
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import audit_seal

SCRIPT = Path(audit_seal.__file__)
SECONDS = 120
FIGURES = 500  # of a statement that are shown
LARGEST = 64 * 1024 * 1024
KEPT = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
LIBRARIES = ("python_calamine", "cryptography", "cffi")


class AuditCheck(models.Model):
    """A workbook that headquarters was sent, and whether it is as its dealer sealed it (REP-4)."""

    _name = "dcrc.audit.check"
    _description = "Check of an Audit Workbook"
    _order = "id desc"
    _rec_name = "file_name"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Checked For", required=True, readonly=True, index=True, default=lambda self: self.env.company
    )
    file = fields.Binary("Workbook", attachment=True, required=True)
    file_name = fields.Char()
    checked_by = fields.Many2one("res.users", readonly=True, copy=False)
    checked_on = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("sealed", "As sealed"), ("changed", "Changed"), ("broken", "Cannot be checked")],
        "Result",
        readonly=True,
        copy=False,
    )
    problems = fields.Html("What Was Found", readonly=True, copy=False, sanitize=True)
    dealer = fields.Char("Sealed By", readonly=True, copy=False)
    period = fields.Char(readonly=True, copy=False)
    made = fields.Char("Made On", readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    figures = fields.Html(readonly=True, copy=False, sanitize=True, help="As the seal states them.")
    key_mark = fields.Char("Fingerprint", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        checks = super().create(vals_list)
        for check in checks:
            check.action_check()
        return checks

    def write(self, vals):
        if {"file", "company_id"} & vals.keys():
            raise UserError(self.env._("Checks stay as they were made: check the other workbook by itself."))
        return super().write(vals)

    def action_check(self):
        """Button: look once more, for instance after a key became known."""
        for check in self:
            data = base64.b64decode(check.with_context(bin_size=False).file or b"")
            known = self.env["dcrc.audit.key"]._known(check.company_id | self.env.companies)
            statement, problems = check._run(data, known)
            check._dcrc_step(check._prepare_result(statement, problems))

    @api.model
    def _run(self, data, known):
        """Check a file in a process of its own: whatever it is, the server stays.

        :return: ``(statement or None, [(code, params)])`` as `audit_seal.check_workbook`
        """
        if len(data) > LARGEST:
            return None, [("too_large", {"size": LARGEST // 1024 // 1024})]
        specs = filter(None, map(importlib.util.find_spec, LIBRARIES))
        paths = sorted({os.path.dirname(os.path.dirname(spec.origin)) for spec in specs})
        known = {"": "", **known}  # without any key given the script would take every one
        keys = [part for public, dealer in known.items() for part in ("--key", f"{public}:{dealer}")]
        command = [sys.executable, "-I", "-S", os.fspath(SCRIPT), "--json", "--limited", *keys]
        command += [part for path in paths for part in ("--path", path)]
        surroundings = {name: os.environ[name] for name in KEPT if name in os.environ}
        try:
            told = subprocess.run([*command, "-"], input=data, capture_output=True, timeout=SECONDS, env=surroundings)
            statement, problems = json.loads(told.stdout)
        except (ValueError, subprocess.TimeoutExpired):
            return None, [("unreadable", {})]
        return statement, problems

    def _prepare_result(self, statement, problems):
        words = self._problem_words()
        lines = [words[code] % params if params else words[code] for code, params in problems]
        told = statement or {}
        return {
            "state": "broken" if statement is None else "changed" if problems else "sealed",
            "problems": Markup("<ul>%s</ul>") % Markup("").join(Markup("<li>%s</li>") % line for line in lines)
            if lines
            else False,
            "dealer": self._text(told.get("dealer")),
            "period": " – ".join(map(str, told.get("period") or [])),
            "made": self._text(told.get("made")),
            "row_count": told["rows"] if isinstance(told.get("rows"), int) else 0,
            "figures": self._draw_figures(told.get("figures")),
            "key_mark": audit_seal.fingerprint(told["key"]) if told.get("key") else False,
            "checked_by": self.env.uid,
            "checked_on": fields.Datetime.now(),
        }

    @api.model
    def _draw_figures(self, figures):
        """A table of the stated figures; a statement may come from anywhere, so nothing of it is taken as markup."""
        if not isinstance(figures, list):
            return False
        rows = [row for row in figures[:FIGURES] if isinstance(row, list) and len(row) == 5]
        units = dict(self.env["dcrc.measure"]._fields["unit"]._description_selection(self.env))
        line = Markup("<tr><td>%s</td><td>%s</td><td class='text-end'>%s</td><td>%s</td></tr>")
        drawn = [
            line % (name, dealer, "–" if value is None else value, units.get(unit, unit))
            for _code, name, dealer, value, unit in rows
        ]
        return Markup("<table class='table table-sm'><tbody>%s</tbody></table>") % Markup("").join(drawn)

    @api.model
    def _text(self, value):
        return value[:200] if isinstance(value, str) else False

    @api.model
    def _problem_words(self):
        """A sentence for each code of `audit_seal.WORDS`."""
        return {
            "unreadable": self.env._("The file is not a workbook that can be read."),
            "too_large": self.env._("The file is larger than %(size)s MB."),
            "no_seal": self.env._("The workbook has no seal: it is no audit, or its last sheet was taken away."),
            "format": self.env._("The seal is of a later kind: update this add-on to check it."),
            "signature": self.env._("The seal itself was changed: its signature does not hold."),
            "key_unknown": self.env._(
                "It was sealed with a key that is not known here: %(key)s. Add the dealer's key under Audit Keys."
            ),
            "other_dealer": self.env._("It says to be of “%(dealer)s”, but the key is another dealer's."),
            "sheet_missing": self.env._("Sheet “%(sheet)s” was removed."),
            "sheet_added": self.env._("Sheet “%(sheet)s” was added."),
            "sheets_moved": self.env._("The sheets stand in another order."),
            "rows": self.env._(
                "Sheet “%(sheet)s” has %(found)s rows instead of %(sealed)s: rows were added or removed."
            ),
            "changed": self.env._("Sheet “%(sheet)s” was changed."),
        }
