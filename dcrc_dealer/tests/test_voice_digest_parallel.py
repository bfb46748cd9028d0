import threading
from unittest.mock import patch
from uuid import uuid4

from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..models.foundations.worker import Worker
from .test_followup_parallel import Transaction


class Killed(BaseException):
    """The worker is gone: nothing after this line happens."""


@tagged("post_install", "-at_install")
class TestDigestParallel(BaseCase):
    """Two schedulers at once, and one that is killed: a digest a day and department (FUP-7)."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db"))
        with Transaction(self.registry) as env:
            company = env["res.company"].create({"name": f"并行反馈{uuid4().hex}"})
            company._dcrc_open_centre()
            company.write(
                {"dcrc_opening_id": False, "dcrc_digest_hour": 0, "dcrc_digest_week_hour": 23.99}
            )  # always open
            self.company_id = company.id
            head = env["res.users"].create(
                {
                    "name": "并行",
                    "login": f"parallel_{uuid4().hex}",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                }
            )
            self.user_id = head.id
            department = env["dcrc.department"]._get_for("service", company)
            department.responsible_id = head
            number = {"name": "并行", "company_id": company.id, "dcrc_customer": True}
            customer = env["res.partner"].create(number)
            vals = {"partner_id": customer.id, "company_id": company.id, "department_id": department.id, "text": "异响"}
            env["dcrc.complaint"].create(vals)
        self.addCleanup(self._clean_up)

    def _clean_up(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM dcrc_digest WHERE company_id = %s", [self.company_id])
            cr.execute("UPDATE dcrc_department SET responsible_id = NULL WHERE company_id = %s", [self.company_id])
            cr.execute("UPDATE res_users SET active = false WHERE id = %s", [self.user_id])
            cr.execute("UPDATE res_company SET active = false, dcrc_dealer = false WHERE id = %s", [self.company_id])

    def _work(self):
        """What the scheduled action does for one dealer."""
        with Transaction(self.registry) as env:
            company, digests = env["res.company"].browse(self.company_id), env["dcrc.digest"].sudo()
            worker = Worker(env)
            worker.attempt(digests._make, company)
            worker.attempt(digests._tell_waiting, company)

    def _count(self):
        with self.registry.cursor() as cr:
            cr.execute(
                """SELECT COUNT(*) FILTER (WHERE department_id IS NOT NULL), COUNT(*) FROM dcrc_digest
                    WHERE company_id = %s AND kind = 'day'""",
                [self.company_id],
            )
            digests = cr.fetchone()
            cr.execute(
                """SELECT COUNT(*) FROM mail_notification n JOIN res_users u ON u.partner_id = n.res_partner_id
                     JOIN mail_message m ON m.id = n.mail_message_id
                    WHERE u.id = %s AND m.body LIKE '%%/dcrc/digest/%%'""",
                [self.user_id],
            )
            return digests, cr.fetchone()[0]

    def test_two_schedulers_make_one_and_tell_once(self):
        threads = [threading.Thread(target=self._work) for _number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(50)
        digests, told = self._count()
        self.assertEqual(digests, (1, 2))
        self.assertEqual(told, 1)

    def test_a_second_run_tells_nobody_again(self):
        self._work()
        before = self._count()
        self._work()
        self.assertEqual(self._count(), before)

    def test_who_is_killed_while_telling_leaves_nobody_out_and_tells_nobody_twice(self):
        with patch.object(self.registry["dcrc.digest"], "write", side_effect=Killed), self.assertRaises(Killed):
            self._work()
        self.assertEqual(self._count(), ((1, 2), 0))
        self._work()
        self.assertEqual(self._count()[1], 1)
