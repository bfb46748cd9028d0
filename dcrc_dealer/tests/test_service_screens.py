"""Every screen of the service and retention rooms opens for everybody who has its menu, and is quick."""

from datetime import date, timedelta

from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .common import NOW, TODAY
from .test_retention_lifecycle import RetentionCase
from .test_service_reminder import ReminderCase

SCREENS = (
    "due_car_action",
    "load_action",
    "return_report_action",
    "mileage_reading_action",
    "lost_car_action",
    "alarm_action",
    "retention_case_action",
    "retention_effect_action",
    "lifecycle_change_action",
)
SETTINGS = (
    "service_plan_action",
    "inspection_schedule_action",
    "festival_action",
    "lifecycle_rule_action",
    "retention_plan_action",
)
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


@tagged("post_install", "-at_install")
class TestServiceQueries(ReminderCase):
    """The database is asked as often for fifty as for five."""

    def _assert_same(self, few, many):
        """Both works ask as often; done once before to fill what a running server has at hand."""
        counts = []
        for work in (few, many, few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            work()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertEqual(counts[2], counts[3])

    def _due_cars(self, count):
        """Cars with a visit and a reading, due in the next weeks; their ids."""
        cars = self.env["fleet.vehicle"]
        for number in range(count):
            car = self._due_car("2025-12-01", forecast=False)
            self._create_visit(car, NOW - timedelta(days=175 + number % 10), mileage=3000 + number, kind="first")
            cars |= car
        return cars

    def _read_list(self, xmlid, records):
        """Have the web client's list of an action read these records with every column."""
        action = self.env.ref(f"dcrc_dealer.{xmlid}")
        model = self._as(self.manager, action.res_model)
        arch = model.get_views([(action.view_ids[:1].view_id.id or action.view_id.id, "list")])["views"]["list"]["arch"]
        names = {field.get("name") for field in etree.fromstring(arch).xpath("//field[not(ancestor::field)]")}
        shown = {name: {"fields": {"display_name": {}}} if model._fields[name].relational else {} for name in names}
        return model.web_search_read([("id", "in", records.ids)], shown, limit=80)["records"]

    def test_the_forecast(self):
        self._assert_same(self._due_cars(5)._dcrc_forecast, self._due_cars(50)._dcrc_forecast)

    def _assert_list(self, xmlid, records):
        self.assertEqual(len(self._read_list(xmlid, records)), 50)
        self._assert_same(lambda: self._read_list(xmlid, records[:5]), lambda: self._read_list(xmlid, records))

    def test_the_list_of_cars_due(self):
        cars = self._due_cars(50)
        cars._dcrc_forecast()
        self._assert_list("due_car_action", cars)

    def test_the_months_list(self):
        self._due_cars(50)._dcrc_forecast()
        self._plan()
        self._assert_list("load_action", self._of("periodic_service"))

    def _contact_with(self, count):
        """An open contact of a customer who has so many cars."""
        cars = self._due_cars(count)
        cars.dcrc_owner_id = self._create_customer("徐斌")
        cars._dcrc_forecast()
        vals = {"partner_id": cars.dcrc_contact_id.id, "company_id": self.dealer.id, "date_due": TODAY}
        return self._as(self.specialist, self.env["dcrc.contact"].create(vals))

    def test_the_cars_on_the_call_screen(self):
        console = self._as(self.specialist, "dcrc.console")
        few, many = self._contact_with(5), self._contact_with(50)
        self._assert_same(lambda: console._prepare_cars(few), lambda: console._prepare_cars(many))

    def test_changed_cars_are_found_by_an_index_of_their_own(self):
        self._due_cars(50)._dcrc_forecast()
        self.env.cr.execute("UPDATE fleet_vehicle SET dcrc_lifecycle_dirty = FALSE")
        self.env.cr.execute("ANALYZE fleet_vehicle; SET LOCAL enable_seqscan = off")
        for field, index in (("dcrc_forecast_dirty", "dcrc_dirty_idx"), ("dcrc_lifecycle_dirty", "dcrc_judge_idx")):
            domain = [(field, "=", True), ("dcrc_kind", "=", "customer")]
            changed = self.env["fleet.vehicle"]._search(domain, order="id")
            rows = self.env.execute_query(SQL("EXPLAIN %s", changed.select()))
            self.assertIn(f"fleet_vehicle_{index}", str(rows))

    def test_the_return_analysis_asks_once(self):
        car, rule = self._due_car("2026-07-25"), self.rules_by_key["first_service"]
        day = dict.fromkeys(("date_start", "date_due", "date_expiry"), TODAY)
        report = self.env["dcrc.return.report"]
        for count in (10, 100):
            self.env["dcrc.followup"].create(
                [
                    {
                        "rule_id": rule.id,
                        "source_model": "fleet.vehicle",
                        "source_id": car.id,
                        "company_id": self.dealer.id,
                        "partner_id": car.dcrc_contact_id.id,
                        "vehicle_id": car.id,
                        "purpose": "care",
                        "channel": "phone",
                        "anchor_date": date(2026, 1, 1) + timedelta(days=count + n),
                        "state": "done",
                        "done_on": NOW,
                        **day,
                    }
                    for n in range(count)
                ]
            )
            self.env.flush_all()
            with self.assertQueryCount(1):
                groups = report._read_group([("company_id", "=", self.dealer.id)], ["kind"], ["due:sum", "came:sum"])
            self.assertEqual(groups, [("first_service", {10: 10, 100: 110}[count], 0)])
