"""Papers of complaints (CMP-6): 客户抱怨登记表, 投诉客户跟踪表, 分类统计表, the complete file."""

from odoo.exceptions import AccessError

from .common import TODAY
from .common_voice import PNG, ComplaintCase


class TestComplaintPaper(ComplaintCase):
    def _print(self, name, records, user=None):
        """The page as HTML, as a persona prints it."""
        report = self._as(user or self.manager, "ir.actions.report")
        html, _kind = report._render_qweb_html(f"dcrc_dealer.{name}", records.ids)
        return html.decode()

    def _settled_twice(self):
        complaint = self._complain(category_id=self.category.id, demand="更换总成")
        self._investigate(complaint)
        self._propose(complaint, 150)
        self._take(complaint, "consent", consent="tablet", signature=PNG)
        self._take(complaint, "done")
        self._call_back(complaint, 2, Z="还是响")
        self._as(self.specialist, complaint).handler_id = self.colleague
        self._settle(complaint)
        return complaint

    def test_the_record_has_what_was_said_and_a_place_for_the_signature(self):
        page = self._print("complaint_record", self._settled_twice())
        for words in ("C26-00001", "王芳", "空调异响", "更换总成", "免费更换压缩机支架", self.category.display_name):
            self.assertIn(words, page)

    def test_the_record_shows_the_drawn_signature(self):
        complaint = self._complain()
        self._investigate(complaint)
        self._propose(complaint)
        self._take(complaint, "consent", consent="tablet", signature=PNG)
        self.assertIn(f"base64,{PNG.decode()}", self._print("complaint_record", complaint))

    def test_the_tracking_sheet_has_a_line_a_round(self):
        complaint = self._settled_twice()
        page = self._print("complaint_tracking", complaint)
        self.assertEqual(page.count("免费更换压缩机支架"), 2)
        self.assertIn("还是响", page)
        self.assertEqual(page.count(complaint.text), 1)

    def test_the_complete_file_tells_every_step(self):
        complaint = self._settled_twice()
        self._call_back(complaint, 5, days=1)
        page = self._print("complaint_file", complaint)
        for words in ("Workshop", "Colleague", "还是响", "Customer agrees", "first contact", "150.00"):
            self.assertIn(words, page)
        self.assertIn(f"base64,{PNG.decode()}", page)

    def test_the_statistics_are_those_of_the_screen(self):
        self.dealer.dcrc_rate_minimum = 1
        self._sign(self._complain(category_id=self.category.id))
        self._complain()
        self.env.flush_all()
        wizard = self._as(self.manager, "dcrc.complaint.print").create({"date_from": TODAY, "date_to": TODAY})
        page = self._print("complaint_statistics", wizard)
        self.assertIn("50.0 %", page)
        self.assertIn(self.category.display_name, page)
        found = self.env["dcrc.complaint.report"].search_count(wizard.action_show()["domain"])
        self.assertEqual(found, 2)

    def test_an_empty_period_prints_without_a_zero_for_a_rate(self):
        wizard = self._as(self.manager, "dcrc.complaint.print").create({"date_from": TODAY, "date_to": TODAY})
        self.assertIn("–", self._print("complaint_statistics", wizard))

    def test_a_department_prints_no_papers(self):
        complaint = self._complain(department_id=self.service.id)
        with self.assertRaises(AccessError):
            self._print("complaint_record", complaint, self.workshop)

    def test_no_paper_of_another_dealer(self):
        with self.assertRaises(AccessError):
            self._print("complaint_file", self._complain(), self.stranger)
