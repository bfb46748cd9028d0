"""No public method of ours, called by the wrong person, shows or changes anything.

Whatever has no underscore can be called by any user over RPC. The test finds these
methods by itself and calls each, on another dealer's rows and without any role.
"""

import inspect

from odoo.tests import tagged
from odoo.tools import mute_logger

from .filled import FilledCase

SECRET = "欧阳秘密"
EXTRA = ("dcrc.console", "dcrc.followup.planner", "dcrc.text.sender")


@tagged("post_install", "-at_install")
class TestIsolationMethods(FilledCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer, SECRET)
        cls.number = cls.rows["res.partner"].dcrc_phone_ids[:1].number
        cls.env.flush_all()

    def _methods(self, model):
        """Names of the model's public methods that our code defines and that need no argument."""
        for name, function in inspect.getmembers(type(model), inspect.isfunction):
            ours = function.__module__.startswith("odoo.addons.dcrc_dealer.")
            if name.startswith("_") or not ours or getattr(function, "_api_private", False):
                continue
            parameters = list(inspect.signature(function).parameters.values())[1:]
            required = [p for p in parameters if p.default is p.empty and p.kind < p.VAR_POSITIONAL]
            if not required:
                yield name

    def _call(self, records, name):
        """Call as a client would; return what comes back, or the error."""
        try:
            with mute_logger("odoo.sql_db", "odoo.addons"), self.env.cr.savepoint():
                result = getattr(records, name)()
                self.env.flush_all()
                return result
        except Exception as error:  # any refusal will do, whatever its kind
            return error

    def _values(self, records):
        """What stands in the rows, stored values only."""
        records.invalidate_recordset()
        names = [name for name, field in records._fields.items() if field.store and field.column_type]
        return records.sudo().with_context(active_test=False).read(names, load=None)

    def _assert_closed(self, user):
        targets = {name: records for name, records in self.rows.items() if name != "res.users"}
        targets.update({name: self.env[name] for name in EXTRA if name in self.env})
        called = 0
        for model, records in targets.items():
            if "company_id" in records._fields and not records.company_id:
                continue  # what all dealers share
            mine = self._as(user, records)
            for name in self._methods(mine):
                before = self._values(records) if records else None
                shown = str(self._call(mine, name))
                called += 1
                with self.subTest(method=f"{model}.{name}", user=user.login):
                    self.assertNotIn(SECRET, shown)
                    self.assertNotIn(self.number, shown)
                    if records:
                        self.assertEqual(self._values(records), before)
        self.assertGreater(called, 50)

    def test_another_dealers_manager_gets_nothing_from_any_method(self):
        self._assert_closed(self.stranger)

    def test_people_without_role_get_nothing_from_any_method(self):
        self._assert_closed(self.outsider)
