"""Complaints: taken, handed to a department, answered; what others see of them."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_voice import ComplaintCase


class TestComplaint(ComplaintCase):
    # -- taking ---------------------------------------------------------------

    def test_each_dealer_counts_its_own_numbers_anew_each_year(self):
        first, second = self._complain(), self._complain()
        self.assertEqual((first.name, second.name), ("C26-00001", "C26-00002"))
        customer = self._create_customer(company=self.other_dealer)
        values = {"partner_id": customer.id, "text": "…", "company_id": self.other_dealer.id}
        self.assertEqual(self.env["dcrc.complaint"].create(values).name, "C26-00001")

    def test_a_complaint_belongs_to_the_dealer_of_its_customer(self):
        stranger = self._create_customer(company=self.other_dealer)
        with self.assertRaises(UserError):
            self.env["dcrc.complaint"].create({"partner_id": stranger.id, "text": "…"})

    def test_a_specialist_writes_one_down_in_the_form(self):
        model = self._as(self.specialist, "dcrc.complaint")
        with Form(model, view="dcrc_dealer.complaint_view_form") as form:
            form.partner_id = self.customer
            form.text = "交车时没有讲解保养"
            form.department_id = self.sales
        self.assertRecordValues(
            form.record, [{"state": "received", "user_id": self.specialist.id, "company_id": self.dealer.id}]
        )

    def test_nobody_deletes_a_complaint(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, self._complain()).unlink()

    # -- handing over -----------------------------------------------------------

    def test_choosing_the_department_hands_over_and_tells_its_responsible(self):
        complaint = self._complain()
        complaint.department_id = self.service
        self.assertTrue(complaint.handed_on)
        message = complaint.message_ids[:1]
        self.assertIn(self.workshop.partner_id, message.notified_partner_ids)
        self.assertNotIn("13800138000", message.body)

    def test_the_department_is_told_once(self):
        complaint = self._complain(department_id=self.service.id)
        told = len(complaint.message_ids)
        complaint.write({"department_id": self.service.id, "severity": "2"})
        self.assertEqual(len(complaint.message_ids), told)

    def test_the_department_answers_and_nothing_else(self):
        complaint = self._as(self.workshop, self._complain(department_id=self.service.id))
        complaint.answer = "更换压缩机支架"
        self.assertTrue(complaint.answered_on)
        for vals in ({"text": "无"}, {"severity": "1"}, {"department_id": self.sales.id}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                complaint.write(vals)
        with self.assertRaises(AccessError):
            complaint.action_judge()
            self._take(complaint, "judge", self.workshop, founded="yes", handler_id=self.workshop.id)

    def test_the_department_may_write_in_the_chatter_of_its_own(self):
        complaint = self._as(self.workshop, self._complain(department_id=self.service.id))
        complaint.message_post(body="明天联系客户")
        other = self._as(self.workshop, self._complain(department_id=self.sales.id))
        with self.assertRaises(AccessError):
            other.message_post(body="?")

    # -- what others see of it ---------------------------------------------------

    def test_the_file_warns_of_an_open_complaint_only(self):
        complaint = self._complain()
        codes = [warning["code"] for warning in self.customer._dcrc_warnings()]
        self.assertIn("complaint_open", codes)
        self._sign(complaint)
        codes = [warning["code"] for warning in self.customer._dcrc_warnings()]
        self.assertNotIn("complaint_open", codes)

    def test_the_timeline_tells_of_complaints_and_corrections(self):
        self._complain()
        self.env["res.partner"]._dcrc_open_correction(
            [{"partner_id": self.customer.id, "item": "name", "wrong_value": "王方", "source": "call"}]
        )
        lines = self.env["dcrc.timeline"].search([("partner_id", "=", self.customer.id)])
        titles = {line.kind: line.title for line in lines}
        self.assertEqual(titles["complaint"], "空调异响")
        self.assertEqual(titles["correction"], "王方")

    def test_the_filters_list_what_the_named_domains_count(self):
        self._complain()
        self._complain(department_id=self.service.id).sudo().answer = "已处理"
        arch = self.env["dcrc.complaint"].get_view(view_type="search")["arch"]
        for name in ("open", "not_handed", "answered"):
            with self.subTest(name=name):
                self.assertIn(f'name="{name}"', arch)
                domain = self.env["dcrc.complaint"]._domains()[name]
                self.assertTrue(self.env["dcrc.complaint"].search_count(domain))

    def test_a_list_of_complaints_costs_the_same_for_ten_and_for_forty(self):
        def count(number):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            spec = {name: {} for name in ("name", "text", "age_days", "phone_masked", "customer_name")}
            self._as(self.manager, "dcrc.complaint").web_search_read([], spec, limit=number)
            return self.env.cr.sql_log_count - before

        for _number in range(40):
            customer = self._create_customer()
            self._complain(partner_id=customer.id, vehicle_id=False)
        count(10)
        self.assertEqual(count(10), count(40))

    def test_members_see_what_was_handed_to_their_department(self):
        other = self._create_user("seller", "dcrc_dealer.group_dcrc_department", self.dealer)
        self.sales.member_ids = [Command.link(other.id)]
        mine = self._complain(department_id=self.sales.id)
        self._complain(department_id=self.service.id)
        self._complain()
        self.assertEqual(self._as(other, "dcrc.complaint").search([]), mine)

    def test_whoever_also_works_in_the_centre_sees_all(self):
        self.workshop.group_ids = [Command.link(self.env.ref("dcrc_dealer.group_dcrc_user").id)]
        self._complain()
        self.assertEqual(self._as(self.workshop, "dcrc.complaint").search_count([]), 1)
