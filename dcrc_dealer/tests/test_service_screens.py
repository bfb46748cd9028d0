"""Every screen of the service and retention rooms opens for everybody who has its menu."""

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .test_retention_lifecycle import RetentionCase

SCREENS = ("due_car_action", "load_action", "return_report_action", "mileage_reading_action",
           "lost_car_action", "alarm_action", "retention_case_action", "retention_effect_action",
           "lifecycle_change_action")  # fmt: skip
SETTINGS = ("service_plan_action", "inspection_schedule_action", "festival_action",
            "lifecycle_rule_action", "retention_plan_action")  # fmt: skip
READERS = ("specialist", "manager", "director", "auditor")


@tagged("post_install", "-at_install")
class TestServiceScreens(RetentionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        car = cls._due_car("2025-10-10")
        car._dcrc_judge()
        cls.env["dcrc.retention.case"].create({"vehicle_id": car.id})
        cls.env["dcrc.mileage.reading"].create({"vehicle_id": car.id, "km": 4000})
        cls.Rule._plan(cls.dealer)

    def _open(self, xmlid, user):
        """Load the views of an action and read the records it lists with every field shown."""
        action = self.env.ref(f"dcrc_dealer.{xmlid}")
        model = self._as(user, action.res_model)
        views = [(view_id, kind) for view_id, kind in action.views if kind != "form"]
        loaded = model.get_views([*views, (action.search_view_id.id, "search")])["views"]
        names = set().union(*(self._shown(loaded[kind]["arch"]) for _view_id, kind in views))
        domain = safe_eval(action.domain or "[]")
        return model.search(domain, limit=5).read(sorted(names))

    def _shown(self, arch):
        """Names of the fields that a view shows itself, not in the lists inside it."""
        return {field.get("name") for field in etree.fromstring(arch).xpath("//field[not(ancestor::field)]")}

    def test_screens_open_for_all_readers(self):
        for role in READERS:
            for xmlid in SCREENS:
                with self.subTest(role=role, screen=xmlid):
                    self._open(xmlid, getattr(self, role))

    def test_settings_open_for_the_manager(self):
        for xmlid in SETTINGS:
            with self.subTest(screen=xmlid):
                self.assertTrue(self._open(xmlid, self.manager))

    def test_templates_are_never_listed(self):
        for xmlid in ("service_plan_action", "lifecycle_rule_action", "retention_plan_action"):
            action = self.env.ref(f"dcrc_dealer.{xmlid}")
            found = self._as(self.manager, action.res_model).search(safe_eval(action.domain))
            self.assertFalse(any(found.mapped("is_template")), xmlid)
            self.assertEqual(found.company_id, self.dealer, xmlid)

    def test_the_cars_form_opens_for_all_readers(self):
        car = self.env["fleet.vehicle"].search([("company_id", "=", self.dealer.id)], limit=1)
        view = self.env.ref("dcrc_dealer.customer_car_view_form")
        for role in READERS:
            mine = self._as(getattr(self, role), car)
            arch = mine.get_views([(view.id, "form")])["views"]["form"]["arch"]
            self.assertTrue(mine.read(sorted(self._shown(arch))), role)

    def test_another_dealers_cars_are_on_no_list(self):
        for xmlid in ("due_car_action", "lost_car_action", "alarm_action", "load_action"):
            self.assertFalse(self._open(xmlid, self.stranger), xmlid)
