"""What hangs on a complaint: related cases, work and 三换, consequences, lists in two levels, personal data."""

from odoo.exceptions import AccessError, UserError, ValidationError

from .common_voice import PNG, ComplaintCase


class TestComplaintLines(ComplaintCase):
    def test_who_complains_again_is_shown_while_it_is_written(self):
        first = self._complain()
        other = self._complain(partner_id=self._create_customer().id)
        fresh = self._as(self.specialist, "dcrc.complaint").new(
            {"partner_id": self.customer.id, "vehicle_id": self.car.id}
        )
        self.assertEqual(fresh.similar_ids._origin, first | other)
        self.assertEqual(fresh.similar_note, "customer complained before: 1 · same car: 2")

    def test_the_same_cause_is_counted(self):
        self._complain().cause_id = self.cause
        second = self._complain(partner_id=self._create_customer().id, vehicle_id=False)
        second.cause_id = self.cause
        self.assertEqual(second.similar_note, "same cause: 1")

    def test_time_of_several_people_adds_up(self):
        complaint = self._complain(department_id=self.service.id)
        for user, minutes in ((self.specialist, 30), (self.workshop, 45)):
            self._as(user, "dcrc.complaint.entry").create({"complaint_id": complaint.id, "minutes": minutes})
        self.assertEqual(complaint.minutes, 75)
        self.assertEqual(set(complaint.entry_ids.user_id), {self.specialist, self.workshop})

    def test_what_was_done_is_a_log(self):
        entry = self._as(self.specialist, "dcrc.complaint.entry").create(
            {"complaint_id": self._complain().id, "kind": "place", "note": "请到贵宾室"}
        )
        for user in (self.specialist, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, entry).write({"note": "…"})

    def test_the_general_manager_confirms_consequences(self):
        vals = {"complaint_id": self._complain().id, "person": "张工", "amount": 200, "note": "返修未检查"}
        line = self._as(self.manager, "dcrc.complaint.consequence").create(vals)
        with self.assertRaises(AccessError):
            line.action_confirm()
        self._as(self.director, line).action_confirm()
        self.assertEqual(line.confirmed_by, self.director)
        with self.assertRaises(UserError):
            line.amount = 0

    def test_a_department_sees_no_consequences(self):
        complaint = self._as(self.workshop, self._complain(department_id=self.service.id))
        self.assertNotIn("consequence_ids", complaint.fields_get())

    def test_who_is_in_charge_sees_it_without_the_department(self):
        seller = self._create_user("seller", "dcrc_dealer.group_dcrc_department", self.dealer)
        complaint = self._complain(department_id=self.service.id, handler_id=seller.id)
        self.assertEqual(self._as(seller, "dcrc.complaint").search([]), complaint)
        self.assertEqual(self._as(seller, "dcrc.complaint.round").search([]), complaint.round_id)

    def test_the_department_finds_the_cause_and_proposes(self):
        complaint = self._complain()
        self._investigate(complaint)
        self._take(complaint, "cause", self.workshop, cause_id=self.cause.id)
        mine = self._as(self.workshop, complaint)
        mine.write({"proposal_ids": [(0, 0, {"name": "更换支架", "chosen": True})]})
        mine.action_propose()
        self.assertEqual(complaint.state, "carry")

    # -- lists ------------------------------------------------------------------------

    def test_lists_have_two_levels(self):
        with self.assertRaises(ValidationError):
            self.category.copy({"parent_id": self.category.id})
        with self.assertRaises(ValidationError):
            self.category.copy({"parent_id": self.cause.parent_id.id})

    def test_each_dealer_has_lists_of_its_own(self):
        mine = self._as(self.stranger, "dcrc.complaint.item").search([])
        self.assertEqual(mine.company_id, self.other_dealer)
        self.assertNotIn(self.category, mine)
        self.assertIn(self.category.name, mine.mapped("name"))

    def test_an_archived_category_keeps_its_cases(self):
        complaint = self._complain(category_id=self.category.id)
        self.category.active = False
        self.assertEqual(complaint.category_id, self.category)

    def test_entries_of_two_lists_are_not_merged(self):
        with self.assertRaises(UserError):
            (self.category | self.cause)._merge_into(self.category)

    # -- personal data -----------------------------------------------------------------

    def test_anonymising_takes_words_and_signature_of_all_rounds(self):
        complaint = self._complain(demand="赔偿代步费")
        self._investigate(complaint)
        self._propose(complaint)
        self._take(complaint, "consent", consent="tablet", signature=PNG, words="本人同意")
        self._sign(complaint)
        self.env["dcrc.privacy"].sudo()._anonymise(self.customer)
        self.env.invalidate_all()
        row = complaint.round_id
        self.assertFalse(row.signature or row.consent_words or complaint.demand)
        self.assertEqual(complaint.cause_id, self.cause, "what is counted stays")
