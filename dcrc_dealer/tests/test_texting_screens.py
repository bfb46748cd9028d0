"""Screens of the texting room: open for their readers, quick at every size, a look before the start (SMS-1)."""

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

from .common_texting import TextingCase

SCREENS = ("sms_sms_action", "text_cost_action", "text_campaign_action")
SETTINGS = ("sms_template_action", "text_account_action")
LISTS = {"sms.sms": "sms_sms_view_list", "dcrc.text.campaign": "text_campaign_view_list"}


class TestTextingScreens(TextingCase):
    def _open(self, xmlid, user):
        """Load an action's views and read what its list shows."""
        action = self.env.ref(f"dcrc_dealer.{xmlid}")
        model = self._as(user, action.res_model)
        views = model.get_views([*action.views, (action.search_view_id.id, "search")])["views"]
        names = set().union(*(self._shown(views[kind]["arch"]) for _view_id, kind in action.views))
        return model.search(safe_eval(action.domain or "[]"), limit=5).read(sorted(names))

    def _shown(self, arch):
        return {field.get("name") for field in etree.fromstring(arch).xpath("//field[not(ancestor::field)]")}

    def test_screens_open_for_all_readers(self):
        self._queue()
        self._create_campaign()
        for user in (self.specialist, self.manager, self.director, self.auditor):
            for xmlid in SCREENS if user != self.manager else (*SCREENS, *SETTINGS):
                with self.subTest(screen=xmlid, user=user.login):
                    self._open(xmlid, user)

    def test_departments_and_others_see_no_text(self):
        self._queue()
        for user in (self.workshop, self.outsider):
            for model in LISTS:
                with self.subTest(model=model, user=user.login), self.assertRaises(AccessError):
                    self._as(user, model).search([])

    # -- queries -------------------------------------------------------------------------------

    def _count_list(self, model, limit):
        mine = self._as(self.specialist, model)
        view = self.env.ref(f"dcrc_dealer.{LISTS[model]}")
        names = self._shown(mine.get_views([(view.id, "list")])["views"]["list"]["arch"])
        return self._count_queries(lambda: mine.web_search_read([], {n: {} for n in names}, limit=limit))

    def test_lists_ask_as_often_for_fifty_as_for_five(self):
        for _number in range(50):
            self._queue()
            self._create_campaign()
        for model in LISTS:
            with self.subTest(model=model):
                self.assertEqual(self._count_list(model, 5), self._count_list(model, 50))

    def _campaign_of(self, count):
        people = self.env["res.partner"].union(*(self._create_customer() for _number in range(count)))
        return self._create_campaign(audience_domain=str([("id", "in", people.ids)]))

    def test_an_audience_is_found_as_fast_for_a_hundred_as_for_ten(self):
        few, many = self._campaign_of(10), self._campaign_of(100)
        self.assertEqual(self._count_queries(few._get_audience), self._count_queries(many._get_audience))
        self.assertEqual(many._count_audience(), {"send": 100})

    def _queries_of_a_batch(self, count):
        """Queries from claiming a batch to writing down what became of it."""
        for _number in range(count):
            self._queue()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        _cancelled, texts = self.sender._claim(self.account)
        answers = self.sender._hand_over(self.account, texts)
        for text in texts:
            text._dcrc_take_answer(answers[text.uuid], self.account)
        self.env.flush_all()
        self.assertEqual(set(texts.mapped("state")), {"pending"})
        return len(texts), self.env.cr.sql_log_count - before

    def test_a_batch_is_sent_in_as_many_queries_for_a_hundred_as_for_ten(self):
        self._queries_of_a_batch(2)
        sizes, queries = zip(self._queries_of_a_batch(10), self._queries_of_a_batch(100), strict=True)
        self.assertEqual(sizes, (10, 100))
        self.assertEqual(queries[0], queries[1])

    # -- before the start ----------------------------------------------------------------------

    def test_what_it_will_cost_is_told_before(self):
        self.account.price = 0.05
        self.template.body = "字" * 80  # two parts
        campaign = self._campaign_of(3)
        self.assertEqual(campaign.estimate, "about 6 parts × 0.05 = 0.30")
        action = self._as(self.manager, campaign).action_ask_start()
        self.assertEqual((action["res_id"], action["target"]), (campaign.id, "new"))

    def test_without_a_template_nothing_is_told(self):
        with Form(self._as(self.manager, "dcrc.text.campaign")) as form:
            self.assertEqual((form.preview, form.estimate), (False, False))
            form.name = "冬季"
            form.template_id = self.template
            self.assertIn("parts", form.estimate)

    def test_progress_counts_what_is_still_to_be_made(self):
        campaign = self._campaign_of(4)
        campaign.action_start()
        campaign._prepare_batch(2)
        self.assertEqual((campaign.total, campaign.planned, campaign.progress), (2, 4, 0))
        self._run()
        self.assertEqual((campaign.planned, campaign.progress), (4, 100))

    def test_a_test_text_goes_to_ones_own_phone(self):
        campaign = self._campaign_of(1)
        self.manager.partner_id.phone = "139 0000 0001"
        action = self._as(self.manager, campaign).action_send_test()
        self.assertIn("139****0001", action["params"]["message"])
        text = self.env["sms.sms"].search([("number", "=", "+8613900000001")])
        self.assertEqual((text.dcrc_campaign_id.id, text.body.count("【"), text.dcrc_purpose), (False, 1, "care"))
        self.assertTrue(text.body.endswith("拒收请回复R"))
        self._run()
        self.assertEqual(self.gateway.numbers(), ["+8613900000001"])
        self.assertEqual(campaign._count_audience(), {"send": 1})

    def test_without_an_own_number_it_says_where_to_enter_it(self):
        for phone in (False, "023-67881234", "12"):
            self.manager.partner_id.phone = phone
            with self.subTest(phone=phone), self.assertRaisesRegex(UserError, "own mobile number"):
                self._as(self.manager, self.account).action_send_test()

    def test_only_the_manager_tries_the_provider(self):
        for user in (self.specialist, self.director):
            with self.assertRaises(AccessError):
                self._as(user, self.account).action_send_test()

    def test_the_account_knows_what_the_month_has_cost(self):
        self.account.price = 0.05
        self._queue()
        self._run()
        account = self._as(self.manager, self.account)
        self.assertEqual((account.month_count, account.month_cost), (1, 0.05))

    # -- bad input -----------------------------------------------------------------------------

    def test_templates_in_use_are_kept(self):
        self._create_campaign()
        with self.assertRaisesRegex(UserError, "is used by “冬季检测”"):
            self._as(self.manager, self.template).unlink()
        self._as(self.manager, self.template.copy()).unlink()

    def test_what_cannot_go_again_says_so(self):
        text = self._queue()
        text.state = "sent"
        with self.assertRaisesRegex(UserError, "has gone out"):
            self._as(self.manager, text).action_dcrc_retry()
        with self.assertRaisesRegex(UserError, "not gone out can be cancelled"):
            self._as(self.manager, text).action_dcrc_cancel()

    def test_marketing_is_never_without_its_way_out(self):
        for vals in ({"opt_out_text": " "}, {"opt_out_words": False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "how to opt out"):
                self._as(self.manager, self.account).write(vals)
