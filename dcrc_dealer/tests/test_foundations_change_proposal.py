"""CUS-7: key fields change only with the manager's word, and the old value is kept."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from .common import DcrcCase, make_vin


class TestChangeProposal(DcrcCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls._create_customer("王芳", phone="13800138000")
        cls.car = cls._create_car(cls.customer, license_plate="渝A12345")

    def _propose(self, record, user=None, **vals):
        """Let a persona write key fields; return the proposals that wait afterwards."""
        self._as(user or self.specialist, record).write(vals)
        return self._waiting()

    def _waiting(self):
        return self.env["dcrc.change.proposal"].search([("state", "=", "pending")])

    def _accept(self, proposals):
        return self._as(self.manager, proposals).action_accept()

    # -- making ---------------------------------------------------------------

    def test_a_specialists_new_name_waits_with_old_and_new_value(self):
        proposal = self._propose(self.customer, name="王方")
        self.assertEqual(self.customer.name, "王芳")
        self.assertRecordValues(
            proposal,
            [
                {
                    "old_value": "王芳",
                    "new_value": "王方",
                    "user_id": self.specialist.id,
                    "partner_id": self.customer.id,
                    "company_id": self.dealer.id,
                }
            ],
        )

    def test_other_fields_of_the_same_save_are_written_at_once(self):
        self._propose(self.customer, name="王方", dcrc_hobbies="钓鱼")
        self.assertEqual(self.customer.dcrc_hobbies, "钓鱼")
        self.assertEqual(self.customer.name, "王芳")

    def test_every_key_field_of_the_handbook_is_guarded(self):
        other = self._create_customer("李强")
        self._propose(self.customer, name="王方")
        self._propose(self.customer.dcrc_phone_ids, number="13800138001")
        changes = {"vin_sn": make_vin(777), "license_plate": "渝B54321", "dcrc_owner_id": other.id}
        waiting = self._propose(self.car, **changes)
        self.assertEqual(
            set(waiting.mapped("field_name")), {"name", "number", "vin_sn", "license_plate", "dcrc_owner_id"}
        )
        self.assertEqual(self.car.dcrc_owner_id, self.customer)
        self.assertEqual(self.car.license_plate, "渝A12345")
        self.assertEqual(self.customer.dcrc_phone_ids.number, "+8613800138000")

    def test_the_number_field_of_odoo_is_no_way_around(self):
        self._propose(self.customer, phone="13900139000")
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613800138000")

    def test_a_proposal_shows_the_value_as_it_would_be_kept(self):
        proposal = self._propose(self.customer.dcrc_phone_ids, number=" 139-0013-9000 ")
        self.assertEqual(proposal.new_value, "+8613900139000")

    def test_what_could_never_be_accepted_is_refused_at_once(self):
        with self.assertRaises(ValidationError):
            self._propose(self.car, license_plate="没有车牌")
        self.assertFalse(self._waiting())

    def test_filling_an_empty_field_needs_nobody(self):
        car = self._create_car(self.customer, license_plate=False)
        self.assertFalse(self._propose(car, license_plate="渝C11111"))
        self.assertEqual(car.license_plate, "渝C11111")

    def test_a_manager_writes_at_once(self):
        self.assertFalse(self._propose(self.customer, user=self.manager, name="王方"))
        self.assertEqual(self.customer.name, "王方")

    def test_a_clients_context_does_not_open_the_door(self):
        customer = self._as(self.specialist, self.customer).with_context(dcrc_direct_write=True)
        customer.write({"name": "王方"})
        self.assertEqual(self.customer.name, "王芳")

    def test_leaving_the_file_is_no_way_around(self):
        self._propose(self.customer, dcrc_customer=False)
        self._propose(self.car, dcrc_kind="fleet")
        self.assertTrue(self.customer.dcrc_customer)
        self.assertEqual(self.car.dcrc_kind, "customer")

    def test_contacts_who_are_no_customers_are_left_alone(self):
        supplier = self.env["res.partner"].create({"name": "配件公司"})
        self.specialist.group_ids |= self.env.ref("base.group_partner_manager")
        self._propose(supplier, name="配件有限公司")
        self.assertEqual(supplier.name, "配件有限公司")

    def test_nobody_proposes_what_he_may_not_write(self):
        with self.assertRaises(AccessError):
            self._propose(self.customer, user=self.director, name="王方")

    def test_the_newest_proposal_replaces_the_waiting_one(self):
        first = self._propose(self.customer, name="王方")
        second = self._propose(self.customer, user=self.colleague, name="汪芳")
        self.assertEqual(first.state, "replaced")
        self.assertRecordValues(second, [{"new_value": "汪芳", "state": "pending"}])

    def test_the_proposer_is_told_that_the_change_waits(self):
        with patch.object(self.registry["res.users"], "_bus_send") as send:
            self._propose(self.customer, name="王方")
        message = send.call_args.args[1]
        self.assertIn("manager", message["title"])
        self.assertIn("王芳 → 王方", message["message"])

    # -- showing --------------------------------------------------------------

    def test_the_customers_file_shows_what_waits_for_phones_and_cars_too(self):
        self._propose(self.customer.dcrc_phone_ids, number="13900139000")
        self._propose(self.car, license_plate="渝B54321")
        text = self._as(self.specialist, self.customer).dcrc_pending_changes
        self.assertIn("渝A12345 → 渝B54321", text)
        self.assertEqual(len(text.splitlines()), 2)

    def test_the_timeline_tells_who_proposed_what(self):
        self._propose(self.customer, name="王方")
        line = self.env["dcrc.timeline"].search([("partner_id", "=", self.customer.id), ("kind", "=", "proposal")])
        self.assertRecordValues(line, [{"title": "王芳 → 王方", "detail": "Name", "user_id": self.specialist.id}])

    def test_a_form_saved_by_a_specialist_shows_the_old_name_and_the_banner(self):
        customer = self._as(self.specialist, self.customer)
        view = "dcrc_dealer.customer_view_form"
        with Form(customer, view=view) as form:
            form.name = "王方"
        with Form(customer, view=view) as form:
            self.assertEqual(form.name, "王芳")
            self.assertIn("王方", form.dcrc_pending_changes)

    def test_the_managers_today_counts_what_waits_and_nobody_elses_does(self):
        self._propose(self.customer, name="王方")
        tiles = {
            user: {tile["key"]: tile for tile in self._as(user, "dcrc.console").get_today()["tiles"]}
            for user in (self.manager, self.specialist)
        }
        tile = tiles[self.manager]["changes"]
        waiting = self._as(self.manager, tile["action"]["res_model"])
        self.assertEqual((tile["count"], waiting.search_count(tile["action"]["domain"])), (1, 1))
        self.assertNotIn("changes", tiles[self.specialist])

    # -- deciding -------------------------------------------------------------

    def test_accepting_writes_the_value_and_says_who_did(self):
        proposal = self._propose(self.customer, name="王方")
        self._accept(proposal)
        self.assertEqual(self.customer.name, "王方")
        self.assertRecordValues(proposal, [{"state": "accepted", "decided_by": self.manager.id, "old_value": "王芳"}])

    def test_an_accepted_number_is_safe_from_older_lists(self):
        self.customer.dcrc_centre_edits = False
        phone = self.customer.dcrc_phone_ids
        proposal = self._propose(phone, number="13900139000")
        self.assertFalse(self.customer.dcrc_centre_edits)
        self._accept(proposal)
        self.assertIn("dcrc_phone_ids", self.customer.dcrc_centre_edits)

    def test_accepting_a_new_owner_moves_the_ownership_in_the_ledger(self):
        other = self._create_customer("李强")
        self._accept(self._propose(self.car, dcrc_owner_id=other.id))
        self.assertEqual(self.car.dcrc_owner_id, other)
        self.assertEqual(self.car.dcrc_link_ids.filtered("current").partner_id, other)

    def test_rejecting_leaves_the_file_as_it_is(self):
        proposal = self._propose(self.customer, name="王方")
        self._as(self.manager, proposal).action_reject()
        self.assertEqual(self.customer.name, "王芳")
        self.assertEqual(proposal.state, "rejected")

    def test_many_are_decided_in_one_go_and_the_stale_one_is_named(self):
        customers = [self._create_customer(name) for name in ("赵一", "钱二", "孙三")]
        for customer in customers:
            self._propose(customer, name=customer.name + "丰")
        customers[1].name = "钱贰"
        result = self._accept(self._waiting())
        self.assertEqual([c.name for c in customers], ["赵一丰", "钱贰", "孙三丰"])
        self.assertIn("钱贰", result["params"]["message"])
        self.assertEqual(len(self._waiting()), 1)

    def test_what_changed_meanwhile_is_flagged_and_not_overwritten(self):
        proposal = self._propose(self.customer, name="王方")
        self.customer.name = "汪芳"
        proposal.invalidate_recordset()
        self.assertTrue(proposal.is_stale)
        with self.assertRaisesRegex(UserError, "汪芳"):
            self._accept(proposal)
        self.assertEqual(self.customer.name, "汪芳")

    def test_a_vanished_record_is_said_so(self):
        phone = self.env["dcrc.phone"].create({"partner_id": self.customer.id, "number": "13700137000"})
        proposal = self._propose(phone, number="13700137001")
        phone.unlink()
        with self.assertRaisesRegex(UserError, "no longer exists"):
            self._accept(proposal)

    def test_only_the_manager_decides(self):
        proposal = self._propose(self.customer, name="王方")
        for user in (self.specialist, self.director, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, proposal).action_accept()

    def test_a_decided_proposal_stays_as_it_was_decided(self):
        proposal = self._propose(self.customer, name="王方")
        self._as(self.manager, proposal).action_reject()
        self._accept(proposal)
        self.assertEqual(self.customer.name, "王芳")

    def test_nobody_writes_proposals_by_hand(self):
        proposal = self._propose(self.customer, name="王方")
        with self.assertRaises(AccessError):
            self._as(self.manager, proposal).write({"new_raw": "张三"})
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.change.proposal").create({"res_model": "res.partner"})

    def test_only_a_manager_accepts_a_wrong_vin(self):
        with self.assertRaises(AccessError):
            self._propose(self.car, dcrc_vin_accepted=True)
