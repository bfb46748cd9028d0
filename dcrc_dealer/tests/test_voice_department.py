"""What a department's contact sees of the complaints handed to it: every view, filter and grouping of the menu."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form
from odoo.tools.safe_eval import safe_eval

from .common_voice import ComplaintCase


class TestDepartmentScreens(ComplaintCase):
    def setUp(self):
        super().setUp()
        self.action = self.env.ref("dcrc_dealer.complaint_action")
        self.complaint = self.env["dcrc.complaint"].create(
            {
                "partner_id": self.customer.id,
                "vehicle_id": self.car.id,
                "text": "空调异响",
                "department_id": self.service.id,
            }
        )
        self.mine = self._as(self.workshop, "dcrc.complaint")
        asked = [*self.action.views, (self.action.search_view_id.id, "search")]
        views = self.mine.get_views(asked)["views"]
        self.archs = {kind: etree.fromstring(view["arch"]) for kind, view in views.items()}

    def _spec(self, kind):
        """What the web client asks of the server for a view: its fields, names of what they point to."""
        fields = self.mine.fields_get()
        names = {node.get("name") for node in self.archs[kind].xpath("//field[not(ancestor::field)]")}
        related = {name for name in names if fields[name]["type"] in ("many2one", "one2many", "many2many")}
        return {name: {"fields": {"display_name": {}}} if name in related else {} for name in names}

    def _filters(self):
        return self.archs["search"].xpath("//filter")

    def test_list_board_and_calendar_show_what_was_handed_over(self):
        for kind in ("list", "kanban", "calendar"):
            with self.subTest(kind):
                found = self.mine.web_search_read([], self._spec(kind))["records"]
                self.assertEqual([row["id"] for row in found], self.complaint.ids)

    def test_the_form_opens(self):
        self.assertTrue(self.mine.browse(self.complaint.id).web_read(self._spec("form")))
        with Form(self.mine.browse(self.complaint.id), view="dcrc_dealer.complaint_view_form") as form:
            form.answer = "更换压缩机支架"
        self.assertEqual(self.complaint.answer, "更换压缩机支架")

    def test_every_filter_lists_what_was_handed_over_and_is_in_it(self):
        domains = {node.get("name"): node.get("domain") for node in self._filters() if node.get("domain")}
        self.assertIn("no_callback", domains)
        for name, domain in domains.items():
            with self.subTest(name):
                domain = safe_eval(domain, {"uid": self.workshop.id})
                self.assertLessEqual(self.mine.search(domain), self.complaint)

    def test_the_search_box_finds_in_each_of_its_fields(self):
        for node in self.archs["search"].xpath("//search/field"):
            with self.subTest(node.get("name")):
                asked = node.get("filter_domain") or repr([(node.get("name"), "ilike", "self")])
                self.assertLessEqual(self.mine.search(safe_eval(asked, {"self": "空调"})), self.complaint)

    def test_every_grouping_counts_what_was_handed_over(self):
        contexts = [safe_eval(node.get("context")) for node in self._filters() if node.get("context")]
        groupings = [context["group_by"] for context in contexts if "group_by" in context]
        rows = self.archs["pivot"].xpath("//field[@type='row' or @type='col']/@name")
        self.assertTrue(groupings and rows)
        for name in {*groupings, *rows}:
            with self.subTest(name):
                groups = self.mine.formatted_read_group([], [name], ["__count"])
                self.assertEqual(sum(group["__count"] for group in groups), 1)

    def test_a_callback_that_came_to_nothing_is_found_without_reading_followups(self):
        self.complaint.state = "callback"
        self.assertEqual(self.mine.search([("listed", "in", ["no_callback"])]), self.complaint)
        self.assertFalse(self._as(self.workshop, "dcrc.followup").has_access("read"))
        with self.assertRaises(AccessError):
            self.mine.search([("callback_id.state", "=", "open")])
