"""A manager leads the centre's people without the administrator, and gains nothing by it."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import TODAY, DcrcCase


@tagged("post_install", "-at_install")
class TestStaff(DcrcCase):
    def _edit(self, person, user=None, **vals):
        self._as(user or self.manager, person)._dcrc_edit_staff(self.dealer, vals)

    def _logged(self, person):
        logs = self.env["dcrc.staff.log"].search([("person_id", "=", person.id)])
        return [(log.what, log.old, log.new, log.user_id) for log in logs]

    def test_a_manager_makes_a_person_of_the_dealer_a_specialist(self):
        self._edit(self.outsider, role="user")
        self.assertEqual(self.outsider.dcrc_role, "user")
        self.assertTrue(self.outsider.has_group("dcrc_dealer.group_dcrc_user"))
        self.assertEqual(self._logged(self.outsider), [("role", "–", "Specialist", self.manager)])

    def test_and_takes_the_role_back(self):
        self._edit(self.specialist, role=False)
        self.assertFalse(self.specialist.dcrc_role)
        self.assertFalse(self.specialist.has_group("dcrc_dealer.group_dcrc_reader"))

    def test_from_department_contact_to_specialist_the_old_role_goes(self):
        self._edit(self.workshop, role="user")
        self.assertFalse(self.workshop.has_group("dcrc_dealer.group_dcrc_department"))

    def test_share_and_absence_are_entered_and_logged(self):
        self._edit(self.specialist, dcrc_weight=0.5, dcrc_absent_from=TODAY, dcrc_absent_to=TODAY + timedelta(days=3))
        self.assertEqual(self.specialist.dcrc_weight, 0.5)
        self.assertEqual({what for what, *_rest in self._logged(self.specialist)}, {"share", "absence"})

    def test_what_stays_as_it_is_is_not_logged(self):
        self._edit(self.specialist, role="user", dcrc_weight=1.0)
        self.assertFalse(self._logged(self.specialist))

    def test_the_log_only_grows_even_for_root(self):
        self._edit(self.specialist, dcrc_weight=0.5)
        log = self.env["dcrc.staff.log"].sudo().search([("person_id", "=", self.specialist.id)])
        for change in (lambda: log.write({"new": "1"}), log.unlink):
            with self.assertRaisesRegex(UserError, "Change to the center's people"):
                change()

    def test_higher_roles_are_neither_given_nor_taken(self):
        for person, role in ((self.outsider, "manager"), (self.outsider, "director"), (self.director, "user")):
            with self.subTest(role=role), self.assertRaises(UserError):
                self._edit(person, role=role)
        self.assertEqual((self.outsider.dcrc_role, self.director.dcrc_role), (False, "director"))

    def test_no_right_outside_our_roles_is_given(self):
        before = self.outsider.all_group_ids
        self._edit(self.outsider, role="user")
        ours = self.env.ref("dcrc_dealer.group_dcrc_user").all_implied_ids
        self.assertLessEqual(self.outsider.all_group_ids - before, ours)

    def test_an_administrator_of_odoo_is_left_alone(self):
        self.outsider.group_ids = [Command.link(self.env.ref("base.group_erp_manager").id)]
        with self.assertRaisesRegex(UserError, "administrates"):
            self._edit(self.outsider, role="user")

    def test_people_of_another_dealer_are_not_touched(self):
        for person in (self.stranger, self.auditor):
            with self.subTest(person=person.login), self.assertRaises(AccessError):
                self._edit(person, dcrc_weight=0)
        with self.assertRaises(AccessError):
            self._edit(self.specialist, user=self.stranger, dcrc_weight=0)

    def test_nobody_below_the_manager_does_it(self):
        for user in (self.specialist, self.workshop, self.director, self.auditor, self.outsider):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._edit(self.colleague, user=user, dcrc_weight=0)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._as(user, self.colleague).action_dcrc_edit_staff()

    def test_a_manager_still_writes_no_user(self):
        with self.assertRaises(AccessError):
            self._as(self.manager, self.specialist).write({"dcrc_weight": 3})

    def test_the_dialog_shows_what_holds_and_saves_it(self):
        self.specialist.dcrc_weight = 0.5
        edit = self._as(self.manager, "dcrc.staff.edit").with_context(default_user_id=self.specialist.id)
        with Form(edit) as form:
            self.assertEqual((form.role, form.weight), ("user", 0.5))
            form.absent_from = TODAY
        form.record.action_save()
        self.assertEqual((self.specialist.dcrc_absent_from, self.specialist.dcrc_role), (TODAY, "user"))

    def test_the_dialog_of_a_manager_leaves_the_role_alone(self):
        edit = self._as(self.manager, "dcrc.staff.edit").with_context(default_user_id=self.manager.id)
        with Form(edit) as form:
            self.assertTrue(form.has_higher_role)
            form.weight = 0
        form.record.action_save()
        self.assertEqual((self.manager.dcrc_role, self.manager.dcrc_weight), ("manager", 0))

    def test_an_absence_ends_after_it_begins(self):
        with self.assertRaisesRegex(UserError, "before its first"):
            self._edit(self.specialist, dcrc_absent_from=TODAY, dcrc_absent_to=TODAY - timedelta(days=1))

    def test_people_are_found_by_role_as_their_role_reads(self):
        people = self.env["res.users"].search([("company_ids", "in", self.dealer.ids)])
        for role in ("manager", "user", "director", "auditor", "department", False):
            with self.subTest(role=role):
                found = people.search([("id", "in", people.ids), ("dcrc_role", "=", role)])
                self.assertEqual(found, people.filtered(lambda person, role=role: person.dcrc_role == role))

    def test_the_list_costs_the_same_for_more_people(self):
        people = self.env["res.users"].union(
            *[self._create_user(f"p{number}", "dcrc_dealer.group_dcrc_user", self.dealer) for number in range(12)]
        )
        spec = dict.fromkeys(("name", "dcrc_role", "dcrc_weight", "dcrc_customer_count", "dcrc_absent_from"), {})
        few, many = (self._as(self.manager, part) for part in (people[:2], people[2:]))
        self.assertEqual(
            self._count_queries(lambda: few.web_read(spec)), self._count_queries(lambda: many.web_read(spec))
        )
