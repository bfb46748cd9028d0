import threading
from collections import Counter
from unittest.mock import patch
from uuid import uuid4

import psycopg2

from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..models.foundations.worker import Worker
from .common_texting import real_requests
from .sound import check_sound
from .test_followup_parallel import Transaction
from .text_gateway import SECRET, Gateway

COUNT = 300


class Killed(BaseException):
    """The worker is gone: nothing after this line happens."""


@tagged("post_install", "-at_install")
class TestTextingParallel(BaseCase):
    """Real transactions, a real gateway: nobody twice, nobody forgotten (SMS-1)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.gateway = self.enterContext(Gateway())
        self.gateway.refuse_every = 10
        self.enterContext(real_requests())
        self.enterContext(mute_logger("odoo.sql_db"))
        with Transaction(self.registry) as env:
            company = env["res.company"].create({"name": f"并行短信{uuid4().hex}"})
            company._dcrc_open_centre()
            self.company_id = company.id
            env["ir.config_parameter"].set_param("dcrc_dealer.gateway_hosts", "127.0.0.1:*")
            account = env["dcrc.text.account"]._get_for(company)
            account.write({"provider": "http", "endpoint": self.gateway.url, "secret": SECRET})
            account.write({"hour_from": 0, "hour_to": 24, "daily_cap": 1000})
            # whose numbers they are is all the same here; to nobody, the gate lets no text go
            customer = env["res.partner"].create({"name": "并行", "company_id": company.id, "dcrc_customer": True})
            text = {"partner_id": customer.id, "body": "您好", "dcrc_purpose": "care"}
            numbers = [f"+86139{number:08d}" for number in range(1, COUNT + 1)]
            env["sms.sms"]._dcrc_queue(company, [{**text, "number": number} for number in numbers])
        self.addCleanup(self._clean_up)
        self.addCleanup(self._check_sound)

    def _check_sound(self):
        with Transaction(self.registry) as env:
            check_sound(self, env, env["res.company"].browse(self.company_id))

    def _clean_up(self):
        with Transaction(self.registry) as env:
            env["ir.config_parameter"].set_param("dcrc_dealer.gateway_hosts", False)
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM sms_sms WHERE dcrc_company_id = %s", [self.company_id])
            cr.execute("DELETE FROM res_partner WHERE company_id = %s AND name = '并行'", [self.company_id])
            cr.execute("UPDATE dcrc_text_account SET active = false WHERE company_id = %s", [self.company_id])
            cr.execute("UPDATE res_company SET active = false, dcrc_dealer = false WHERE id = %s", [self.company_id])

    def _work(self):
        with Transaction(self.registry) as env:
            account = env["dcrc.text.account"]._get_for(env["res.company"].browse(self.company_id))
            env["dcrc.text.sender"]._work(account, Worker(env))

    def _states(self):
        with self.registry.cursor() as cr:
            cr.execute("SELECT state, count(*) FROM sms_sms WHERE dcrc_company_id = %s GROUP BY 1", [self.company_id])
            return dict(cr.fetchall())

    def _check_nobody_twice(self):
        self.assertEqual([n for n, count in Counter(self.gateway.numbers()).items() if count > 1], [])

    def _in_threads(self, *works):
        threads = [threading.Thread(target=work) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(50)

    def test_two_workers_share_the_work(self):
        self.gateway.delay = 0.1
        self._in_threads(self._work, self._work)
        self._check_nobody_twice()
        self.assertEqual(self._states(), {"pending": COUNT - COUNT // 10, "error": COUNT // 10})

    def test_two_workers_together_keep_to_the_cap(self):
        with Transaction(self.registry) as env:
            env["dcrc.text.account"]._get_for(env["res.company"].browse(self.company_id)).daily_cap = 120
        self.gateway.delay, self.gateway.refuse_every = 0.1, 0
        self._in_threads(self._work, self._work)
        self._check_nobody_twice()
        self.assertEqual(len(self.gateway.log), 120)

    def test_a_worker_killed_after_the_provider_answered(self):
        """What it had in hand is asked for by reference; nothing is sent blindly."""
        sender = self.registry["dcrc.text.sender"]
        with patch.object(sender, "_record", side_effect=Killed), self.assertRaises(Killed):
            self._work()
        taken = len(self.gateway.log)
        self.assertEqual(self._states(), {"process": 100, "dcrc_waiting": COUNT - 100})
        self._work()
        self.assertEqual(self._states()["process"], 100)  # too fresh to be asked for
        self._later()
        self._check_nobody_twice()
        self.assertGreater(len(self.gateway.log), taken)
        # The gateway knows nothing of those it refused: they go again and are refused again.
        self.assertEqual(self._states(), {"pending": COUNT - COUNT // 10, "error": COUNT // 10})

    def test_a_worker_killed_before_the_provider_heard_of_it(self):
        sender = self.registry["dcrc.text.sender"]
        with patch.object(sender, "_hand_over", side_effect=Killed), self.assertRaises(Killed):
            self._work()
        self.assertEqual((self.gateway.log, self._states()["process"]), ([], 100))
        self._later()
        self._check_nobody_twice()
        self.assertEqual(self._states(), {"pending": COUNT - COUNT // 10, "error": COUNT // 10})

    def _later(self):
        """Half an hour later another worker begins."""
        with self.registry.cursor() as cr:
            cr.execute(
                "UPDATE sms_sms SET dcrc_claimed_at = dcrc_claimed_at - interval '30 minutes'"
                " WHERE dcrc_company_id = %s",
                [self.company_id],
            )
        self._work()

    def test_a_report_that_is_faster_than_the_answer_stands(self):
        record = self.registry["dcrc.text.sender"]._record

        def report_first(sender, account, texts, answers):
            if not reported:
                reported.append(texts[0].id)
                with self.registry.cursor() as cr:
                    cr.execute(
                        "UPDATE sms_sms SET state = 'sent', dcrc_sent_at = dcrc_claimed_at WHERE id = %s", reported
                    )
            return record(sender, account, texts, answers)

        reported = []
        with patch.object(self.registry["dcrc.text.sender"], "_record", report_first):
            self._work()
        self._check_nobody_twice()
        self.assertEqual(self._states()["sent"], 1)

    def test_the_database_lets_nobody_into_a_campaign_twice(self):
        with Transaction(self.registry) as env:
            company = env["res.company"].browse(self.company_id)
            template = env["sms.template"].create(
                {
                    "name": "x",
                    "body": "x",
                    "dcrc_company_id": company.id,
                    "model_id": env["ir.model"]._get_id("res.partner"),
                }
            )
            campaign = env["dcrc.text.campaign"].create(
                {"name": "x", "company_id": company.id, "template_id": template.id}
            )
            vals = {"number": "+8613700000000", "body": "x", "dcrc_purpose": "care", "dcrc_campaign_id": campaign.id}
            env["sms.sms"]._dcrc_queue(company, [vals])
            with self.assertRaises(psycopg2.errors.UniqueViolation):
                env["sms.sms"]._dcrc_queue(company, [vals])
            env.cr.rollback()
