"""The road of a complaint (CMP-3): contact, verdict, cause, solution, approval, consent, done."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError

from .common_voice import PNG, ComplaintCase


class TestComplaintRoad(ComplaintCase):
    def test_the_whole_road_ends_before_the_callback(self):
        complaint = self._complain()
        self._settle(complaint)
        self.assertRecordValues(
            complaint,
            [{"state": "callback", "founded": "yes", "cause_id": self.cause.id, "solution": "免费更换压缩机支架"}],
        )

    def test_the_round_keeps_who_took_which_step(self):
        complaint = self._complain()
        self._settle(complaint)
        self.assertRecordValues(
            complaint.round_id,
            [
                {
                    "handler_id": self.workshop.id,
                    "contacted_by": self.specialist.id,
                    "judged_by": self.specialist.id,
                    "consent_by": self.specialist.id,
                    "solved_by": self.specialist.id,
                    "cause_id": self.cause.id,
                }
            ],
        )

    def test_every_step_stands_in_the_chatter_in_the_name_of_who_took_it(self):
        complaint = self._complain()
        self._take(complaint, "contact", words="两小时内回电，客户情绪平稳")
        message = complaint.message_ids[0]
        self.assertIn("两小时内回电", message.body)
        self.assertEqual(message.author_id, self.specialist.partner_id)

    def test_no_step_is_taken_before_its_time(self):
        complaint = self._complain()
        for step, vals in (("cause", {"cause_id": self.cause.id}), ("consent", {"consent": "spoken"}), ("done", {})):
            with self.subTest(step=step), self.assertRaisesRegex(UserError, complaint.name):
                self._take(complaint, step, **vals)

    def test_words_are_asked_for_each_step(self):
        complaint = self._complain()
        with self.assertRaises(UserError):
            self._take(complaint, "contact", words="  ")
        self.assertFalse(complaint.contacted_on)

    def test_nobody_judges_without_saying_who_is_in_charge(self):
        complaint = self._complain()
        with self.assertRaises(UserError):
            self._take(complaint, "judge", founded="yes")

    def test_an_unfounded_one_is_explained_before_it_waits_for_the_customers_word(self):
        complaint = self._complain()
        with self.assertRaises(UserError):
            self._take(complaint, "judge", founded="no", handler_id=self.workshop.id, words="属正常磨损")
        self._take(complaint, "contact")
        self._take(complaint, "judge", founded="no", handler_id=self.workshop.id, words="属正常磨损")
        self.assertRecordValues(complaint, [{"state": "callback", "founded": "no", "solution": "属正常磨损"}])
        self.assertTrue(complaint.callback_id)

    def test_who_only_wants_to_be_heard_needs_no_offer(self):
        complaint = self._complain(kind="gripe")
        self._investigate(complaint)
        self._take(complaint, "done", words="当面致歉")
        self.assertEqual((complaint.state, complaint.solution), ("callback", "当面致歉"))

    def test_a_complaint_does_need_one(self):
        complaint = self._complain()
        self._investigate(complaint)
        with self.assertRaises(UserError):
            self._take(complaint, "done")

    def test_one_solution_is_chosen_neither_none_nor_two(self):
        complaint = self._complain()
        self._investigate(complaint)
        self._take(complaint, "cause", cause_id=self.cause.id)
        with self.assertRaises(UserError):
            self._as(self.specialist, complaint).action_propose()
        self.env["dcrc.complaint.proposal"].create(
            [{"complaint_id": complaint.id, "name": name, "chosen": True} for name in ("更换", "退款")]
        )
        with self.assertRaises(UserError):
            self._as(self.specialist, complaint).action_propose()

    # -- approval ---------------------------------------------------------------

    def _offer(self, cost):
        complaint = self._complain()
        self._investigate(complaint)
        self._propose(complaint, cost)
        return complaint

    def test_within_the_own_limit_nobody_is_asked(self):
        complaint = self._offer(200)
        self.assertEqual((complaint.state, complaint.round_id.approved_as), ("carry", "user"))

    def test_beyond_it_a_manager_approves(self):
        complaint = self._offer(201)
        self.assertEqual(complaint.state, "approve")
        with self.assertRaises(AccessError):
            self._take(complaint, "approve")
        self._take(complaint, "approve", self.manager)
        self.assertEqual((complaint.state, complaint.round_id.approved_by), ("carry", self.manager))

    def test_beyond_the_managers_limit_the_general_manager_approves(self):
        complaint = self._offer(2001)
        with self.assertRaisesRegex(AccessError, "2000"):
            self._take(complaint, "approve", self.manager)
        self._take(complaint, "approve", self.director)
        self.assertEqual((complaint.state, complaint.round_id.approved_as), ("carry", "director"))

    def test_the_managers_budget_of_the_month_ends(self):
        self.dealer.dcrc_grant_budget = 2500
        self._take(self._offer(2000), "approve", self.manager)
        second = self._offer(501)
        with self.assertRaisesRegex(AccessError, "500.00"):
            self._take(second, "approve", self.manager)
        self._take(second, "approve", self.director)

    def test_limits_are_the_dealers_data(self):
        self.dealer.write({"dcrc_grant_specialist": 500, "dcrc_grant_manager": 900})
        self.assertEqual(self._offer(500).state, "carry")
        with self.assertRaisesRegex(AccessError, "900"):
            self._take(self._offer(901), "approve", self.manager)

    def test_what_is_sent_back_is_proposed_anew(self):
        complaint = self._offer(300)
        self._take(complaint, "send_back", self.director, words="换成工时减免")
        self.assertEqual(complaint.state, "propose")
        complaint.proposal_ids.write({"cost": 100})
        self._as(self.specialist, complaint).action_propose()
        self.assertEqual((complaint.state, complaint.cost), ("carry", 100))

    def test_what_was_offered_stays_as_it_was_offered(self):
        line = self._offer(100).proposal_ids
        for user in (self.specialist, self.manager):
            with self.subTest(user=user.login), self.assertRaises(UserError):
                self._as(user, line).cost = 1

    # -- consent ------------------------------------------------------------------

    def test_nothing_is_carried_out_without_the_customers_consent(self):
        complaint = self._offer(0)
        with self.assertRaises(UserError):
            self._take(complaint, "done")

    def test_a_signature_on_the_tablet_is_kept(self):
        complaint = self._offer(0)
        with self.assertRaises(UserError):
            self._take(complaint, "consent", consent="tablet")
        self._take(complaint, "consent", consent="tablet", signature=PNG)
        self.assertEqual(complaint.signature, PNG)
        self.assertEqual((complaint.consent, complaint.round_id.consent_by), ("tablet", self.specialist))

    def test_a_signature_of_five_megabytes_is_refused_in_words_and_nothing_is_lost(self):
        complaint = self._offer(0)
        huge = base64.b64encode(base64.b64decode(PNG) + b"\0" * 5 * 1024 * 1024)
        with self.assertRaisesRegex(UserError, "MB"):
            self._take(complaint, "consent", consent="tablet", signature=huge)
        self.assertEqual((complaint.state, complaint.consent), ("carry", False))

    def test_a_signature_is_a_picture(self):
        complaint = self._offer(0)
        for content in (b"PHNjcmlwdD4=", b"not base64!"):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._take(complaint, "consent", consent="tablet", signature=content)

    def test_a_signed_paper_is_attached(self):
        complaint = self._offer(0)
        self._take(complaint, "consent", consent="paper", scan=PNG, scan_name="同意书.png")
        self.assertEqual((complaint.scan, complaint.scan_name), (PNG, "同意书.png"))

    def test_a_withdrawn_consent_leads_back_to_the_proposals(self):
        complaint = self._offer(0)
        self._take(complaint, "consent", consent="tablet", signature=PNG)
        self._take(complaint, "withdraw", words="客户反悔，要求退款")
        self.assertRecordValues(complaint, [{"state": "propose", "consent": False}])
        self.assertTrue(complaint.round_id.withdrawn_on)
        self.assertTrue(complaint.signature, "what was signed stays on record")

    # -- lists and numbers --------------------------------------------------------

    def test_a_complaint_without_a_customer_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "customer"):
            self._as(self.specialist, "dcrc.complaint").create({"text": "异响"})

    def test_a_complaint_without_a_car_goes_the_road_as_well(self):
        complaint = self._complain(vehicle_id=False)
        self._settle(complaint)
        self.assertTrue(complaint.callback_id)

    def test_a_word_of_another_list_is_refused(self):
        with self.assertRaises(ValidationError):
            self._complain(category_id=self.cause.id)

    def test_a_manufacturers_number_is_taken_once_and_the_other_is_named(self):
        first = self._complain(source="manufacturer", manufacturer_no=" CA-2026-7 ")
        with self.assertRaisesRegex(UserError, first.name):
            self._complain(source="manufacturer", manufacturer_no="CA-2026-7")
        stranger = self._create_customer(company=self.other_dealer)
        other = self.env["dcrc.complaint"].create(
            {"partner_id": stranger.id, "text": "…", "company_id": self.other_dealer.id, "manufacturer_no": "CA-2026-7"}
        )
        self.assertEqual(other.manufacturer_no, first.manufacturer_no)

    def test_the_source_is_chosen_by_its_word_or_by_its_way(self):
        hotline = self._complain(source="authority")
        self.assertEqual(hotline.source_id.source, "authority")
        social = self.env["dcrc.complaint.item"]._get_for_source("social", self.dealer)
        self.assertEqual(self._complain(source_id=social.id).source, "social")

    def test_a_ground_raises_the_level_and_only_a_manager_lowers_it(self):
        injury = self.env["dcrc.complaint.item"].search(
            [("company_id", "=", self.dealer.id), ("kind", "=", "ground"), ("level", "=", "3")], limit=1
        )
        complaint = self._complain(ground_id=injury.id)
        self.assertEqual(complaint.severity, "3")
        with self.assertRaises(UserError):
            complaint.severity = "1"
        self._as(self.manager, complaint).severity = "2"
        self.assertEqual(complaint.severity, "2")
