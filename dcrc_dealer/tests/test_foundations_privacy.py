"""PIPL: everything about one person is told, taken away, or kept for a time (issue 7, §7)."""

import base64
import io

from freezegun import freeze_time
from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL, mute_logger

from .filled import FilledCase

SECRET = "秘密98765"


@tagged("post_install", "-at_install")
class TestPrivacy(FilledCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rows = cls._fill(cls.dealer, f"王{SECRET}")
        cls.customer = cls.rows["res.partner"]
        cls.customer.write({"street": SECRET, "dcrc_family": SECRET, "email": "98765@example.com"})
        cls.customer.message_post(body=SECRET)
        cls.rows["dcrc.complaint"].message_post(body=SECRET)
        cls.other = cls._create_customer("不相干", street="不相干的街")
        cls.engine = cls.env["dcrc.privacy"]
        cls._write_secrets()

    @classmethod
    def _write_secrets(cls):
        """Put the secret into every marked text column of the customer's rows."""
        cls.env.flush_all()
        for name, rows in cls.rows.items():
            if name in ("res.users", "res.company") or "dcrc_phone" in name:
                continue
            for field in rows._fields.values():
                if getattr(field, "dcrc_personal", None) and field.store and field.type in ("char", "text"):
                    query = "UPDATE %s SET %s = %s WHERE id = ANY(%s)"
                    table, column = SQL.identifier(rows._table), SQL.identifier(field.name)
                    cls.env.cr.execute(SQL(query, table, column, SECRET + field.name, rows.ids))
        cls.env.invalidate_all()

    def _tables_with(self, word):
        """(table, column) of every text or JSON column, of any table, in which a word stands."""
        self.env.flush_all()
        self.env.cr.execute("""
            SELECT table_name, column_name FROM information_schema.columns c
              JOIN pg_class t ON t.relname = c.table_name AND t.relkind = 'r'
             WHERE table_schema = current_schema
               AND data_type IN ('text', 'character varying', 'jsonb')""")
        found = []
        for table, column in self.env.cr.fetchall():
            query = "SELECT 1 FROM %s WHERE %s::text LIKE %s LIMIT 1"
            self.env.cr.execute(SQL(query, SQL.identifier(table), SQL.identifier(column), f"%{word}%"))
            if self.env.cr.rowcount:
                found.append(f"{table}.{column}")
        return found

    # -- telling --------------------------------------------------------------

    def test_the_export_has_every_kind_of_row_about_the_person(self):
        book = load_workbook(io.BytesIO(self._as(self.manager, self.engine)._export(self.customer)))
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        for word in (SECRET, "98765@example.com", self.rows["dcrc.delivery"].order_no):
            self.assertIn(word, text)
        self.assertNotIn("不相干", text)
        expected = {name for name, domain in self.engine._sources(self.customer).items() if self.rows.get(name)}
        self.assertGreaterEqual(len(book.sheetnames), len(expected))

    def test_the_download_is_the_managers_and_logged(self):
        for user, status in ((self.specialist, 403), (self.stranger, 403), (self.manager, 200)):
            user.password = "dcrc_password"
            self.authenticate(user.login, "dcrc_password")
            with self.subTest(user=user.login), mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
                answer = self.url_open(f"/dcrc/person/{self.customer.id}.xlsx")
                self.assertEqual(answer.status_code, status)
        mine = [("partner_id", "=", self.customer.id), ("user_id", "in", (self.manager | self.specialist).ids)]
        log = self.env["dcrc.privacy.log"].search(mine)
        self.assertRecordValues(log, [{"what": "export", "user_id": self.manager.id, "company_id": self.dealer.id}])

    # -- taking away ----------------------------------------------------------

    def test_anonymised_the_person_stands_nowhere_in_the_database(self):
        self.assertTrue(self._tables_with(SECRET))
        self.engine._anonymise(self.customer)
        self.assertEqual(self._tables_with(SECRET), [])

    def test_the_lists_that_name_the_person_are_kept_as_rows_only(self):
        lists = self.env["dcrc.dms.import"].create(
            [
                {"name": f"{n}.csv", "kind": "service", "company_id": self.dealer.id, "list_date": "2026-10-14"}
                for n in (1, 2)
            ]
        )
        for one, partner in zip(lists, (self.customer, self.other), strict=True):
            one.file = base64.b64encode(SECRET.encode())
            one.state = "done"
            row = {
                "import_id": one.id,
                "partner_id": partner.id,
                "company_id": self.dealer.id,
                "line": 2,
                "kind": "service",
                "verdict": "created",
            }
            self.env["dcrc.dms.row"].create(row)
        self.engine._anonymise(self.customer)
        self.assertEqual([bool(one.file) for one in lists], [False, True])
        self.assertTrue(lists[0].exists().row_ids)

    def test_figures_stay(self):
        names = [name for name in self.engine._sources(self.customer) if name in self.rows]
        before = {name: len(self.engine._rows(self.customer)) for name in names}
        visits = self.env["dcrc.service.visit"].search_count([])
        self.engine._anonymise(self.customer)
        self.assertEqual({name: len(self.engine._rows(self.customer)) for name in names}, before)
        self.assertEqual(self.env["dcrc.service.visit"].search_count([]), visits)

    def test_others_keep_what_is_theirs(self):
        self.engine._anonymise(self.customer)
        self.assertEqual((self.other.name, self.other.street), ("不相干", "不相干的街"))

    def test_nobody_calls_whoever_was_anonymised(self):
        self.engine._anonymise(self.customer)
        self.assertFalse(self.customer.active)
        self.assertFalse(self.customer._dcrc_best_phone())

    def test_only_a_manager_who_is_sure_takes_data_away(self):
        for user in (self.specialist, self.director, self.auditor, self.workshop):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, self.customer).action_dcrc_ask_anonymise()
        action = self._as(self.manager, self.customer).action_dcrc_ask_anonymise()
        dialog = self._as(self.manager, action["res_model"]).with_context(**action["context"]).create({})
        self.assertIn(": 1", dialog.preview)
        dialog.action_anonymise()
        self.assertIn(SECRET, self.customer.name)
        dialog.write({"sure": True})
        dialog.action_anonymise()
        self.assertNotIn(SECRET, self.customer.name)

    def test_the_log_is_append_only(self):
        self.engine._anonymise(self.customer)
        log = self.env["dcrc.privacy.log"].search([("partner_id", "=", self.customer.id)]).sudo()
        for change in (lambda: log.write({"count": 0}), log.unlink):
            with self.assertRaises(UserError):
                change()

    # -- keeping for a time ---------------------------------------------------

    def _night(self):
        self.env.ref("dcrc_dealer.privacy_cron").method_direct_trigger()
        self.env.invalidate_all()

    def test_nothing_goes_unless_the_dealer_has_switched_it_on(self):
        with freeze_time("2040-01-01"):
            self._night()
        self.assertIn(SECRET, self.customer.name)

    def test_the_preview_says_what_the_night_does_and_changes_nothing(self):
        self.dealer.dcrc_retention_on = True
        self.env.cr.execute("UPDATE res_partner SET create_date = '2019-01-01' WHERE id = %s", [self.other.id])
        self.env.invalidate_all()
        counts = {label: count for label, _months, count in self.engine._preview(self.dealer)}
        self.assertEqual(counts["Customers without any event"], 1)
        self.assertEqual(self.other.name, "不相干")
        self._night()
        self.assertNotEqual(self.other.name, "不相干")
        self.assertIn(SECRET, self.customer.name, "heard of not long ago")
        self.assertFalse(self.engine._find(self.dealer, "customers"), "once is enough")

    def test_every_kind_is_found_and_dropped(self):
        self.dealer.dcrc_retention_on = True
        with freeze_time("2040-01-01"):
            for kind in self.engine._kinds():
                with self.subTest(kind=kind):
                    for rows in (self.engine._find(self.dealer, kind),):
                        self.engine._drop(self.dealer, kind, rows)
                    self.assertFalse(self.engine._find(self.dealer, kind))

    def test_zero_months_keep_for_good(self):
        self.dealer.write({"dcrc_retention_on": True, "dcrc_keep_customers_months": 0})
        with freeze_time("2040-01-01"):
            self.assertFalse(self.engine._find(self.dealer, "customers"))

    def test_a_tag_of_the_person_goes_too(self):
        tag = self.env["res.partner.category"].create({"name": "VIP"})
        self.customer.category_id = [Command.link(tag.id)]
        self.engine._anonymise(self.customer)
        self.assertFalse(self.customer.category_id)
