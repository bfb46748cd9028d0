from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time

from .common import NOW
from .common_texting import TextingCase


class TestTextingCampaign(TextingCase):
    """SMS-1, CAR-1: who and why before the start, progress, stop, and everybody accounted for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = [cls._create_customer(f"客户{number}") for number in range(4)]
        cls.twin = cls._create_customer("同号", phone=cls.good[0].dcrc_phone_ids.number)
        cls.landline = cls._create_customer("座机", phone="+862360000000")
        cls.silent = cls._create_customer("无号", phone=False)
        cls.unwilling = cls._create_customer("拒收")
        cls.blocked = cls._create_customer("黑名单")
        cls.env["phone.blacklist"].sudo()._add([cls.blocked.dcrc_phone_ids.number])
        cls.stray = cls._create_customer("别家", company=cls.other_dealer)

    def setUp(self):
        super().setUp()
        self._wish(self.unwilling, purpose="marketing")

    def _results(self, campaign):
        return {
            key: campaign[key]
            for key in ("waiting", "accepted", "delivered", "failed", "unknown", "cancelled")
            if campaign[key]
        }

    def test_who_is_left_out_and_why_is_shown_before_the_start(self):
        campaign = self._create_campaign()
        self.assertEqual(
            campaign._count_audience(),
            {"send": 4, "duplicate": 1, "no_mobile": 1, "no_phone": 1, "do_not_contact": 1, "blacklisted": 1},
        )
        self.assertEqual((campaign.audience_count, campaign.send_count), (9, 4))
        self.assertIn("Does not want to be contacted: 1", campaign.exclusions)
        out = self.env["res.partner"].search(campaign.action_show_excluded()["domain"])
        self.assertEqual(out, self.twin | self.landline | self.silent | self.unwilling | self.blocked)
        shown = self.env["res.partner"].search(campaign.action_show_audience()["domain"])
        self.assertEqual(len(shown), campaign.send_count)

    def test_the_form_shows_it_while_one_chooses(self):
        model = self._as(self.manager, "dcrc.text.campaign")
        with Form(model) as form:
            form.name = "冬季"
            form.template_id = self.template
            self.assertEqual(form.purpose, "marketing")
            self.assertEqual(form.send_count, 4)
            form.audience_domain = "[('name', '=', '客户1')]"
            self.assertEqual(form.send_count, 1)
            self.assertIn("【渝州】", form.preview)
            self.assertIn("拒收请回复R", form.preview)

    def test_everybody_gets_it_once_in_their_words(self):
        campaign = self._create_campaign()
        self._as(self.manager, campaign).action_start()
        self.assertEqual(campaign.state, "running")
        self._run()
        self._run()
        self.assertEqual(sorted(self.gateway.numbers()), sorted(p.dcrc_phone_ids.number for p in self.good))
        self.assertEqual((campaign.state, campaign.progress, campaign.total), ("done", 100, 4))
        self.assertEqual(self._results(campaign), {"accepted": 4})
        self.assertTrue(all("女士" in text or "Ms" in text for _r, _n, text in self.gateway.log))
        self.assertEqual(campaign.excluded["duplicate"], 1)

    def test_counts_open_exactly_what_they_counted(self):
        self.gateway.refuse_every = 2
        campaign = self._create_campaign()
        campaign.action_start()
        self._run()
        self.assertGreater(campaign.failed, 0)
        for key, count in self._results(campaign).items():
            domain = campaign.with_context(dcrc_result=key).action_open_results()["domain"]
            self.assertEqual(self._as(self.specialist, "sms.sms").search_count(domain), count)
        self.assertEqual(sum(self._results(campaign).values()), campaign.total)

    def test_stopping_is_immediate_and_going_on_forgets_nobody(self):
        campaign = self._create_campaign()
        campaign.action_start()
        campaign._prepare_batch(500)
        campaign.action_stop()
        care = self._queue(self.silent, number="+8613900000001", purpose="care")
        self._run()
        self.assertEqual(self.gateway.numbers(), [care.number])
        self.assertEqual(self._results(campaign), {"waiting": 4})
        campaign.action_resume()
        self._run()
        self.assertEqual(len(self.gateway.log), 5)
        self.assertEqual(campaign.state, "done")

    def test_the_rest_can_be_cancelled(self):
        campaign = self._create_campaign()
        campaign.action_start()
        campaign._prepare_batch(3)
        campaign.action_stop()
        campaign.action_finish()
        self._run()
        self.assertEqual((self.gateway.log, self._results(campaign)), ([], {"cancelled": 3}))
        self.assertEqual(campaign.state, "done")

    def test_making_texts_resumes_where_it_was_cut_off(self):
        campaign = self._create_campaign()
        campaign.action_start()
        campaign._prepare_batch(2)
        self.assertFalse(campaign.prepared)
        self._run()
        self.assertEqual((campaign.total, len(set(self.gateway.numbers()))), (4, 4))

    def test_who_had_a_marketing_text_today_gets_no_second(self):
        self._create_campaign().action_start()
        self._run()
        again = self._create_campaign()
        self.assertEqual(again._count_audience().get("recent"), 5)  # one number, two customers
        with self.assertRaisesRegex(UserError, "Nobody is left"):
            again.action_start()
        theirs = self._create_customer(company=self.other_dealer, phone=self.good[0].dcrc_phone_ids.number)
        words = self.template.copy({"dcrc_company_id": self.other_dealer.id})
        other = self._create_campaign(company_id=self.other_dealer.id, template_id=words.id)
        self.assertIn(theirs.id, [row[0] for row in other._get_audience() if not row[2]])  # no leak
        with freeze_time(NOW + timedelta(days=2)):
            self.assertEqual(again._count_audience()["send"], 4)
        again.purpose = "care"
        self.assertEqual(again._count_audience()["send"], 5)

    def test_an_open_complaint_keeps_marketing_away(self):
        complaint = {"partner_id": self.good[0].id, "text": "异响", "department_id": self.service.id}
        waiting = self._queue(self.good[0])
        self.env["dcrc.complaint"].create({**complaint, "source": "call", "company_id": self.dealer.id})
        campaign = self._create_campaign()
        self.assertEqual(campaign._count_audience()["complaint_open"], 1)
        self._run()
        self.assertEqual((waiting.state, waiting.dcrc_error), ("canceled", "Complaint is open"))

    def test_a_campaign_that_has_begun_is_kept_as_it_was(self):
        campaign = self._create_campaign()
        campaign.action_start()
        for change in ({"audience_domain": "[('id', '=', 1)]"}, {"purpose": "care"}):
            with self.assertRaises(UserError):
                campaign.write(change)
        with self.assertRaises(UserError):
            campaign.unlink()
        with self.assertRaises(UserError):
            campaign.action_start()
        self.assertEqual(campaign.copy().state, "draft")

    def test_nonsense_is_refused_in_words(self):
        for domain in ("[('nope', '=', 1)]", "x", "7", "[("):
            with self.subTest(domain=domain), self.assertRaisesRegex(ValidationError, "cannot be read"):
                self._create_campaign(audience_domain=domain)
        shared = self.env.ref("dcrc_dealer.sms_template_followup_failed")
        with self.assertRaisesRegex(ValidationError, "dealer's own"):
            self._create_campaign(template_id=shared.id)

    def test_only_managers_run_campaigns(self):
        campaign = self._create_campaign()
        for user in (self.specialist, self.director, self.auditor):
            for button in ("action_start", "action_stop", "action_resume", "action_finish"):
                with self.subTest(user=user.login, button=button), self.assertRaises(AccessError):
                    getattr(self._as(user, campaign), button)()
        with self.assertRaises(AccessError):
            self._as(self.stranger, campaign).action_start()

    def test_screens_ask_the_database_as_often_for_many_as_for_few(self):
        def count(texts):
            for _number in range(texts):
                self._queue()
            self._create_campaign()
            self.env.flush_all()
            views = {
                "sms.sms": ["partner_id", "dcrc_number_masked", "dcrc_result", "dcrc_campaign_id", "dcrc_error"],
                "dcrc.text.campaign": ["name", "template_id", "total", "delivered", "progress", "cost"],
            }
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            for model, names in views.items():
                self._as(self.specialist, model).web_search_read([], {name: {} for name in names})
            return self.env.cr.sql_log_count - before

        count(2)
        few, many = count(3), count(40)
        self.assertLessEqual(many, few)

    # -- templates ------------------------------------------------------------------------

    def test_length_and_parts_count_signature_and_opt_out(self):
        self.template.body = "字" * 59
        self.assertEqual(self.template.dcrc_parts, 1)  # 4 + 59 + 7 = 70
        self.template.body = "字" * 60
        self.assertEqual(self.template.dcrc_parts, 2)
        self.template.dcrc_purpose = "care"
        self.assertEqual(self.template.dcrc_parts, 1)

    def test_managers_write_words_never_code(self):
        templates = self._as(self.manager, "sms.template").with_context(dcrc_own=True)
        mine = templates.create({"name": "新", "body": "{customer}您好"})
        self.assertEqual(mine.dcrc_company_id, self.dealer)
        bad = [
            {"body": "{{ object.env['res.users'].search([]) }}"},
            {"lang": "{{ object.lang }}"},
            {"body": "{secret}"},
            {"dcrc_param_names": "name=secret"},
            {"dcrc_company_id": False},
            {"dcrc_company_id": self.other_dealer.id},
        ]
        for vals in bad:
            with self.subTest(vals=vals), self.assertRaises(UserError):
                mine.write(vals)
        with self.assertRaises(ValidationError):
            mine.update_field_translations("body", {"en_US": "{{ object.id }}"})
        with self.assertRaises(AccessError):
            self._as(self.manager, self.env.ref("dcrc_dealer.sms_template_followup_failed")).body = "x"

    def test_a_followups_text_by_the_dealers_own_template_is_filled_in(self):
        visit = self._create_visit()
        followup = self.env["dcrc.followup"].create(
            {
                "company_id": self.dealer.id,
                "partner_id": visit.partner_id.id,
                "vehicle_id": visit.vehicle_id.id,
                "rule_id": self.env["dcrc.followup.rule"].search([("company_id", "=", self.dealer.id)], limit=1).id,
                "source_model": "dcrc.service.visit",
                "source_id": visit.id,
                "anchor_date": NOW.date(),
                "date_start": NOW.date(),
                "date_due": NOW.date(),
                "date_expiry": NOW.date(),
                "purpose": "care",
                "channel": "phone",
            }
        )
        self.assertTrue(self.env["dcrc.followup.sender"]._text(followup, self.template))
        text = self.env["sms.sms"].search([("dcrc_followup_id", "=", followup.id)])
        self.assertEqual((text.dcrc_purpose, text.state), ("care", "dcrc_waiting"))
        self.assertTrue(text.body.endswith("，冬季免费检测邀您到店。"))
        self.assertEqual(text.dcrc_params[0][0], "name")

    # -- settings -------------------------------------------------------------------------

    def test_the_secret_is_set_and_never_read(self):
        account = self._as(self.manager, self.account)
        account.secret_input = "new-key"
        self.assertEqual(self.account.sudo().secret, "new-key")
        self.env.invalidate_all()
        self.assertEqual((account.secret_input, account.has_secret), (False, True))
        for user in (self.manager, self.specialist):
            with self.assertRaises(AccessError):
                self._as(user, self.account).read(["secret"])
        with self.assertRaises(AccessError):
            self._as(self.specialist, self.account).read(["callback_secret"])

    def test_a_stored_key_is_never_sent_to_a_new_address(self):
        self.account.secret = "old-key"
        self._as(self.manager, self.account).endpoint = "https://elsewhere.example/send"
        self.assertFalse(self.account.secret)

    def test_settings_that_cannot_be_are_refused(self):
        for vals in ({"endpoint": False}, {"endpoint": "ftp://x"}):
            with self.assertRaises(ValidationError):
                self.account.write(vals)

    def test_every_dealer_starts_with_an_account_that_only_records(self):
        theirs = [("company_id", "=", self.other_dealer.id)]
        account = self.env["dcrc.text.account"].search(theirs)
        self.assertEqual((len(account), account.provider), (1, "record"))
        self.other_dealer._dcrc_open_centre()
        self.assertEqual(self.env["dcrc.text.account"].search_count(theirs), 1)

    def test_texts_of_nobodys_dealer_stay_closed(self):
        plain = self.env["sms.sms"].create({"number": "+8613800000000", "body": "x"})
        text = self._queue()
        for user in (self.manager, self.specialist, self.director, self.auditor):
            self.assertEqual(self._as(user, "sms.sms").search([("id", "in", (plain | text).ids)]), text)
        self.assertFalse(self._as(self.stranger, "sms.sms").search([("id", "=", text.id)]))
        with self.assertRaises(AccessError):
            self._as(self.outsider, "sms.sms").search([])
