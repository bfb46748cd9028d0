"""Two people at one complaint at the same moment: real transactions side by side (CMP-3, CMP-4)."""

import threading
from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from .sound import check_sound


@tagged("post_install", "-at_install")
class TestComplaintParallel(BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.enterContext(mute_logger("odoo.sql_db", "odoo.service.model"))
        self.enterContext(patch("odoo.service.model.random.uniform", return_value=0.02))
        with self._transaction() as env:
            partner = env["res.partner"].create(
                {
                    "name": "并行",
                    "dcrc_customer": True,
                    "company_id": env.company.id,
                    "dcrc_phone_ids": [Command.create({"number": "+8613800139001"})],
                }
            )
            vals = {"partner_id": partner.id, "company_id": env.company.id, "text": "并行", "source": "hotline"}
            self.partner_id, self.complaint_id = partner.id, env["dcrc.complaint"].create(vals).id
        self.addCleanup(self._clean_up)
        self.addCleanup(self._check_sound)

    @contextmanager
    def _transaction(self):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})

    def _check_sound(self):
        with self._transaction() as env:
            check_sound(self, env)

    def _clean_up(self):
        with self._transaction() as env:
            complaint = env["dcrc.complaint"].browse(self.complaint_id)
            env["dcrc.followup"].search([("partner_id", "=", self.partner_id)]).unlink()
            env["dcrc.contact"].search([("partner_id", "=", self.partner_id)]).unlink()
            complaint.unlink()
            env["res.partner"].browse(self.partner_id).unlink()

    def _both(self, *steps):
        """Take steps at the same moment, each in a transaction of its own that is tried again as a request is."""
        barrier, results = threading.Barrier(len(steps)), {}

        def take(number, step, vals):
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True})
                first = []

                def request():
                    complaint = env["dcrc.complaint"].browse(self.complaint_id)
                    self.assertTrue(complaint.state)  # both have seen how it stands
                    if not first:
                        first.append(barrier.wait(20))
                    getattr(complaint, f"_take_{step}")(vals)

                try:
                    retrying(request, env)
                    results[number] = "taken"
                except UserError as error:
                    results[number] = str(error)

        threads = [threading.Thread(target=take, args=(n, *step)) for n, step in enumerate(steps)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        return results

    def test_two_judge_at_once_and_one_is_told_so(self):
        with self._transaction() as env:
            vals = {"founded": "yes", "handler_id": env.ref("base.user_admin").id, "words": "属实"}
        results = self._both(("judge", vals), ("judge", {**vals, "words": "也属实"}))
        self.assertEqual(list(results.values()).count("taken"), 1, results)
        with self._transaction() as env:
            complaint = env["dcrc.complaint"].browse(self.complaint_id)
            self.assertEqual((complaint.state, len(complaint.round_ids)), ("investigate", 1))

    def test_two_sign_at_once_and_it_is_closed_once(self):
        with patch.object(self.registry["dcrc.complaint"], "_check_director", lambda self: None):
            results = self._both(("sign", {"words": "了结"}), ("sign", {"words": "也了结"}))
        self.assertEqual(list(results.values()).count("taken"), 1, results)
        with self._transaction() as env:
            complaint = env["dcrc.complaint"].browse(self.complaint_id)
            closed = complaint.message_ids.filtered(lambda message: "Closed" in (message.body or ""))
            self.assertEqual((complaint.state, len(closed)), ("closed", 1))
