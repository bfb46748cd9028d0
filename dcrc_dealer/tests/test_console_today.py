"""The Today screen: counts that agree with their lists, in a fixed number of queries."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time

from .common import NOW, TODAY
from .common_followup import FollowupCase


class TestConsoleToday(FollowupCase):
    """What a specialist and a manager see after login."""

    def _today(self, user=None, team=False):
        return self._as(user or self.specialist, "dcrc.console").get_today(team)

    def _tile(self, key, user=None):
        return next(tile for tile in self._today(user)["tiles"] if tile["key"] == key)

    def _open_many(self, count):
        for _followup in range(count):
            self._create_visit(date_in=NOW - timedelta(days=2))
        self._plan()

    def _complain(self, company=None):
        company = company or self.dealer
        return self.env["dcrc.complaint"].create(
            {
                "partner_id": self._create_customer(company=company).id,
                "company_id": company.id,
                "text": "异响，去过两次",
                "department_id": self.env["dcrc.department"]._get_for("service", company).id,
            }
        )

    # -- whose work --------------------------------------------------------

    def test_a_manager_sees_the_team_first_and_may_choose(self):
        console = self._as(self.manager, "dcrc.console")
        self.assertEqual([console.get_today()["team_view"], console.get_today(False)["team_view"]], [True, False])
        self.assertTrue(console.get_today()["team"])

    def test_a_specialist_never_sees_the_team(self):
        console = self._as(self.specialist, "dcrc.console")
        self.assertEqual([console.get_today(choice)["team_view"] for choice in (None, True)], [False, False])

    # -- tiles -------------------------------------------------------------

    def test_every_tile_opens_the_list_it_counted(self):
        self._open_many(3)
        self._complain()
        self._finish(self._open_third(), "no_answer")
        for tile in self._today()["tiles"]:
            model = self._as(self.specialist, tile["action"]["res_model"])
            with self.subTest(tile=tile["key"]):
                self.assertEqual(model.search_count(tile["action"]["domain"]), tile["count"])

    def test_due_and_late_are_told_apart(self):
        self._open_many(2)
        self.assertEqual(self._tile("due")["count"], 2)
        with freeze_time(NOW + timedelta(days=2)):
            self.env.invalidate_all()
            self.assertEqual(self._tile("late")["count"], 2)
            self.assertEqual(self._tile("late")["level"], "late")
            self.assertTrue(all(row["late"] for row in self._today()["next_up"]))

    def test_problems_of_the_day_are_mood(self):
        self._complain()
        self._complain(self.other_dealer)
        tile = self._tile("problems")
        self.assertEqual((tile["count"], tile["level"]), (1, "mood"))

    def test_call_back_stands_in_my_day(self):
        followup = self._open_third()
        moment = fields.Datetime.to_string(NOW + timedelta(hours=3))
        self._finish(followup, "later", callback_at=moment)
        (item,) = [item for item in self._today()["my_day"] if item["kind"] == "callback"]
        self.assertEqual((item["time"], item["res_id"]), (moment, followup.contact_id.id))
        self.assertEqual(self._tile("callback")["count"], 1)

    def test_problem_stands_in_my_day_with_its_department(self):
        complaint = self._complain()
        (item,) = self._today()["my_day"]
        self.assertEqual(item["res_id"], complaint.id)
        self.assertIn(self.service.name, item["label"])

    # -- progress and queue ------------------------------------------------

    def test_progress_counts_what_was_closed_today(self):
        self._open_many(2)
        followup = self._open_third()
        self._finish(followup, "answered", answers=self._answers(followup))
        self.assertEqual(self._today()["progress"], {"done": 1, "total": 3})

    def test_next_up_is_in_the_order_of_next_call(self):
        self._open_many(3)
        console = self._as(self.specialist, "dcrc.console")
        rows = self._today()["next_up"]
        self.assertEqual(rows[0]["contact_id"], console.claim_next())
        self.assertTrue(rows[0]["reasons"])
        self.assertTrue(rows[0]["plate"])

    def test_a_colleagues_customer_is_not_next(self):
        self._open_many(2)
        held = self._as(self.colleague, "dcrc.console").claim_next()
        self.assertNotIn(held, [row["contact_id"] for row in self._today()["next_up"]])

    def test_at_most_twelve_are_next(self):
        self._open_many(15)
        self.assertEqual(len(self._today()["next_up"]), 12)

    def test_nothing_to_do_is_no_error(self):
        today = self._today()
        self.assertEqual(today["next_up"], [])
        self.assertEqual(today["progress"], {"done": 0, "total": 0})

    # -- lists -------------------------------------------------------------

    def _import(self, hours):
        return self.env["dcrc.dms.import"].create(
            {
                "name": "a.csv",
                "company_id": self.dealer.id,
                "list_date": TODAY,
                "state": "done",
                "finished_at": NOW - timedelta(hours=hours),
            }
        )

    def test_lists_older_than_a_day_are_warned_of(self):
        self.assertTrue(self._today()["lists"]["stale"])
        self._import(hours=25)
        self.assertTrue(self._today()["lists"]["stale"])
        self._import(hours=2)
        lists = self._today()["lists"]
        self.assertFalse(lists["stale"])
        self.assertEqual(lists["last"], fields.Datetime.to_string(NOW - timedelta(hours=2)))

    def test_what_is_old_is_the_dealers_to_say(self):
        self._import(hours=25)
        self.dealer.dcrc_dms_stale_hours = 48
        self.assertFalse(self._today()["lists"]["stale"])

    # -- team --------------------------------------------------------------

    def test_manager_sees_everybodys_counts(self):
        self._open_many(3)
        self.Contact.search([("company_id", "=", self.dealer.id)])[:2].user_id = self.specialist
        team = {row["user_id"]: row for row in self._today(self.manager, team=True)["team"]}
        self.assertEqual(team[self.specialist.id]["due"], 2)
        self.assertEqual(team[False]["due"], 1)
        self.assertEqual(team[self.colleague.id]["due"], 0)
        action = team[self.specialist.id]["action"]
        self.assertEqual(self._as(self.manager, "dcrc.contact").search_count(action["domain"]), 2)

    def test_specialist_gets_no_team(self):
        today = self._today(team=True)
        self.assertFalse(today["is_manager"])
        self.assertEqual(today["team"], [])

    # -- access and isolation ----------------------------------------------

    def test_other_dealer_counts_nothing_of_ours(self):
        self._open_many(2)
        self._complain()
        today = self._today(self.stranger, team=True)
        self.assertEqual(sum(tile["count"] for tile in today["tiles"]), 0)
        self.assertEqual(today["progress"]["total"], 0)
        self.assertNotIn(self.specialist.id, [row["user_id"] for row in today["team"]])

    def test_today_is_for_those_who_call(self):
        for user in (self.workshop, self.director, self.auditor, self.outsider):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._today(user)
