"""CUS-7: a list of anyone below manager proposes what it says of known key fields."""

from odoo.tests import HttpCase, tagged

from .common_dms import SALES, DmsCase, sales_row, service_row


@tagged("post_install", "-at_install")
class TestDmsFourEyes(DmsCase, HttpCase):
    def setUp(self):
        super().setUp()
        self._import("sales", [sales_row(1)], list_date="2026-10-02")
        self.car = self._car(1)
        self.customer = self.car.dcrc_owner_id
        self.env["dcrc.change.proposal"].search([]).unlink()

    def _waiting(self):
        return self.env["dcrc.change.proposal"].search([("state", "=", "pending")], order="id")

    def _confirm(self):
        self._as(self.manager, self._waiting()).action_accept()

    def _mine(self, rows, kind="sales", user=None, **options):
        return self._import(kind, rows, user=user or self.specialist, list_date="2026-10-12", **options)

    def test_key_fields_of_known_people_and_cars_wait(self):
        # the same number on the same order: the same person with a corrected name
        record = self._mine([sales_row(1, name="张三", plate="渝C99999", color="白")])
        self.assertEqual((self.customer.name, self.car.license_plate), ("客户1", "渝B00001"))
        self.assertEqual(self.car.color, "白")
        self.assertEqual(set(self._waiting().mapped("field_name")), {"name", "license_plate"})
        self.assertEqual(self._waiting().user_id, self.specialist)
        self.assertIn("proposed", self._reasons(record.row_ids))

    def test_confirmed_they_stand_in_the_file(self):
        self._mine([sales_row(1, name="张三", plate="渝C99999")])
        self._confirm()
        self.assertEqual((self.customer.name, self.car.license_plate), ("张三", "渝C99999"))

    def test_a_new_owner_waits_and_the_paper_goes_along(self):
        delivery = self.car.dcrc_delivery_ids
        self._mine([sales_row(1, name="李四", phone="13600136000")])
        self.assertEqual((self.car.dcrc_owner_id, delivery.partner_id), (self.customer, self.customer))
        self.assertEqual(self._waiting().field_name, "dcrc_owner_id")
        self._confirm()
        self.assertEqual(self.car.dcrc_owner_id.name, "李四")
        self.assertEqual(delivery.partner_id, self.car.dcrc_owner_id)
        line = self.car.dcrc_link_ids.filtered("current")
        self.assertEqual((line.source, str(line.date_from)), ("dms", "2026-10-01"))

    def test_confirming_lets_the_planner_move_the_calls(self):
        self._mine([sales_row(1, name="李四", phone="13600136000")])
        plan = self.env.ref("dcrc_dealer.ir_cron_plan")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", plan.id)])
        self._confirm()
        self.assertGreater(self.env["ir.cron.trigger"].search_count([("cron_id", "=", plan.id)]), before)

    def test_a_new_number_goes_behind_the_known_one(self):
        self._mine([sales_row(1, phone="13600136000")])
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613900000001")
        self._confirm()
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613600136000")

    def test_a_repair_order_moves_to_nobody_else(self):
        self._import("service", [service_row(1)], list_date="2026-10-11")
        visit = self.car.dcrc_visit_ids
        self._mine([service_row(1, name="李四", phone="13600136000")], kind="service")
        self.assertEqual(visit.partner_id, self.customer)
        self._confirm()
        self.assertEqual(visit.partner_id.name, "李四")

    def test_what_is_new_waits_for_nobody(self):
        self._mine([sales_row(2)])
        self.assertEqual(self._car(2).dcrc_owner_id.name, "客户2")
        self.assertFalse(self._waiting())

    def test_what_was_refused_is_not_asked_again(self):
        self._mine([sales_row(1, name="张三")])
        self._as(self.manager, self._waiting()).action_reject()
        self._import("sales", [sales_row(1, name="张三", color="白")], user=self.specialist, list_date="2026-10-13")
        self.assertFalse(self._waiting())

    def test_the_dms_s_own_word_counts_after_it(self):
        row = sales_row(1, name="张三")
        self._mine([row])
        self._import("sales", [row], user=self.specialist, source="folder", list_date="2026-10-13")
        self.assertEqual(self.customer.name, "张三")

    def test_a_list_of_the_folder_or_of_the_manager_changes_at_once(self):
        self._import(
            "sales", [sales_row(1, name="张三")], user=self.specialist, source="folder", list_date="2026-10-12"
        )
        self.assertEqual(self.customer.name, "张三")
        self._import("sales", [sales_row(1, name="张山")], list_date="2026-10-13")
        self.assertEqual(self.customer.name, "张山")
        self.assertFalse(self._waiting())

    def test_a_manager_who_imports_a_specialists_list_answers_for_it(self):
        record = self._give("sales", [sales_row(1, name="张三")], user=self.specialist, list_date="2026-10-12")
        self._as(self.manager, record).action_import()
        record.sudo()._run_all()
        self.assertEqual(self.customer.name, "张三")

    def test_who_mends_a_row_of_the_dms_answers_for_it(self):
        bad = sales_row(1, name="张三", date="2026-02-30")
        record = self._import("sales", [bad], user=self.specialist, source="folder", list_date="2026-10-12")
        row = self._as(self.specialist, record.row_ids)
        row.sheet = [{"column": "date", "text": "2026-10-01"}]
        row.action_retry()
        self.assertEqual(row.verdict, "unchanged")
        self.assertEqual(self.customer.name, "客户1")
        self.assertEqual(self._waiting().new_value, "张三")

    def test_who_corrects_the_columns_of_the_dms_answers_for_them(self):
        record = self._give("sales", [sales_row(1)], user=self.specialist, source="folder", list_date="2026-10-12")
        names = {"consultant": "name", "name": ""}
        columns = [{**column, "column": names.get(column["column"], column["column"])} for column in record.columns]
        self._as(self.specialist, record).columns = columns
        self.assertEqual(record.user_id, self.specialist)
        record.action_import()
        record.sudo()._run_all()
        self.assertEqual(self.customer.name, "客户1")
        later = self._give("sales", [sales_row(3)], source="folder")
        self.assertEqual(later.row_ids.name, "客户3", "later lists are read as before")

    # -- pushed over JSON-2 ---------------------------------------------------

    def _push(self, user):
        keys = self.env["res.users.apikeys"].with_user(user).sudo()
        headers = {"Authorization": f"Bearer {keys._generate('rpc', 'test', None)}"}
        rows = [{SALES[name]: text for name, text in sales_row(1, name="张三").items()}]
        arguments = {"kind": "sales", "rows": rows, "list_date": "2026-10-12"}
        answer = self.url_open("/json/2/dcrc.dms.import/push_list", json=arguments, headers=headers)
        self.assertEqual(answer.json()["state"], "done", answer.text)
        self.env.invalidate_all()

    def test_a_push_of_a_specialist_waits(self):
        self._push(self.specialist)
        self.assertEqual(self.customer.name, "客户1")

    def test_a_push_with_the_dms_s_own_key_changes_at_once(self):
        self.dealer.dcrc_dms_user_id = self.colleague
        self._push(self.colleague)
        self.assertEqual(self.customer.name, "张三")

    def test_the_dms_s_user_at_the_screen_is_a_person(self):
        self.dealer.dcrc_dms_user_id = self.colleague
        rows = [{SALES[name]: text for name, text in sales_row(1, name="张三").items()}]
        self._as(self.colleague, "dcrc.dms.import").push_list("sales", rows=rows, list_date="2026-10-12")
        self.assertEqual(self.customer.name, "客户1")
