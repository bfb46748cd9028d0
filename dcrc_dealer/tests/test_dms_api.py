"""A DMS pushes lists over Odoo's JSON-2 API with an API key, over real HTTP."""

import base64

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_dms import DmsCase, csv_file, sales_row, service_row


@tagged("post_install", "-at_install")
class TestPushList(DmsCase, HttpCase):
    def _push(self, method="push_list", user=None, **arguments):
        """POST /json/2/dcrc.dms.import/<method>; return the response."""
        keys = self.env["res.users.apikeys"].with_user(user or self.specialist).sudo()
        key = keys._generate("rpc", "test", None)
        return self.url_open(
            f"/json/2/dcrc.dms.import/{method}", json=arguments, headers={"Authorization": f"Bearer {key}"}
        )

    def test_a_file(self):
        content = base64.b64encode(csv_file("sales", [sales_row(1), sales_row(2, date="")])).decode()
        answer = self._push(filename="sales_20261009.csv", content_base64=content)
        self.assertEqual(answer.status_code, 200, answer.text)
        result = answer.json()
        counts = result["counts"]
        self.assertEqual((result["state"], counts["created"], counts["held"]), ("done", 1, 1))
        self.assertEqual(result["held"][0]["line"], 3)
        record = self.env["dcrc.dms.import"].browse(result["id"])
        self.assertEqual((record.company_id, record.source), (self.dealer, "api"))
        self.assertEqual(str(record.list_date), "2026-10-09")

    def test_rows_under_the_dms_s_own_names(self):
        rows = [{"工单号": "WX9", "维修类型": "首保", "VIN": service_row(9)["vin"], "进厂时间": "2026-10-10 09:00"}]
        result = self._push(kind="service", rows=rows, list_date="2026-10-11").json()
        self.assertEqual(result["counts"]["created"], 1, result)
        self.assertTrue(self._car(9).dcrc_visit_ids)

    def test_the_status_of_a_larger_push(self):
        result = self._push(rows=[service_row(n) for n in range(1, 3)], kind="service").json()
        status = self._push("push_status", ids=[result["id"]]).json()
        self.assertEqual(status[0]["state"], result["state"])

    def test_a_user_of_another_dealer_sees_nothing_of_it(self):
        record = self._import("sales", [sales_row(1)])
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            answer = self._push("push_status", user=self.stranger, ids=record.ids)
            self.assertEqual(answer.status_code, 403)
            context = {"allowed_company_ids": self.dealer.ids}
            answer = self._push(user=self.stranger, rows=[sales_row(2)], context=context)
            self.assertEqual(answer.status_code, 403)
        self.assertFalse(self._car(2))

    def test_who_may_not_import_is_refused(self):
        with mute_logger("odoo.http"):
            for user in (self.auditor, self.director, self.outsider):
                self.assertEqual(self._push(user=user, rows=[sales_row(1)]).status_code, 403)

    def test_wrong_calls_get_a_clear_answer(self):
        calls = (
            {"kind": "sales"},
            {"rows": "x"},
            {"rows": [sales_row(1)], "kind": "rent"},
            {"content_base64": "%%%"},
            {"rows": [sales_row(1)], "list_date": "soon"},
        )
        with mute_logger("odoo.http"):
            for arguments in calls:
                answer = self._push(**arguments)
                self.assertEqual(answer.status_code, 422, answer.text)
                self.assertEqual(answer.json()["name"], "odoo.exceptions.UserError")

    def test_too_large_is_refused_before_it_is_read(self):
        self.dealer.dcrc_dms_limit_mb = 1
        with mute_logger("odoo.http"):
            answer = self._push(content_base64="A" * 2 * 1024 * 1024)
        self.assertIn("1.0 MB", answer.json()["message"])
        self.assertFalse(self.env["dcrc.dms.import"].search([("company_id", "=", self.dealer.id)]))

    def test_a_user_without_a_dealer_is_told_so(self):
        company = self.env["res.company"].create({"name": "No centre"})
        user = self._create_user("nowhere", "dcrc_dealer.group_dcrc_user", company)
        with mute_logger("odoo.http"):
            answer = self._push(user=user, rows=[sales_row(1)])
        self.assertIn("No centre", answer.json()["message"])
