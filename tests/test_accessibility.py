"""Nothing on our screens keeps people away who see, hear or move less well (WCAG 2, A and AA)."""

import json
from datetime import timedelta

from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.dcrc_dealer.tests.test_console_tour import ConsoleTourCase

from dev.axe import axe_source

# Only our own components: what Odoo draws around them is Odoo's.
LOOK = """
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
async function wait(selector) {
    for (let round = 0; round < 400; round++) {
        if (document.querySelector(selector)) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`${selector} does not come`);
}
async function look(selector) {
    await wait(selector);
    const { violations } = await axe.run({ include: [[selector]] }, { runOnly: TAGS });
    const tell = ({ id, nodes }) => nodes.map((node) => `${selector} ${id}: ${node.html} ${node.failureSummary}`);
    return violations.flatMap(tell);
}
async function visit(screens) {
    const problems = [];
    for (const [request, options, ...selectors] of screens) {
        if (request?.click) document.querySelector(request.click).click();
        else if (request) odoo.__WOWL_DEBUG__.root.env.services.action.doAction(request, options);
        for (const selector of selectors) problems.push(...(await look(selector)));
    }
    return problems;
}
"""
TELL = ".then((all) => console[all.length ? 'error' : 'log'](all.join(' | ') || 'test successful'))"


class AccessibilityCase(ConsoleTourCase):
    """Opens screens one after another and lets axe look at each; narrow windows are a class of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.axe = axe_source()
        if cls.axe is None:
            cls.skipTest(cls, "npm, which fetches axe-core, is not there")

    def setUp(self):
        super().setUp()
        self.partner = self.followup.partner_id
        self.kind = self.env["dcrc.appointment.kind"].search([("company_id", "=", self.dealer.id)], limit=1)

    def _look(self, url, screens, login=None):
        """Open `url`, then each of `screens` (action, options, selectors), and let axe look at them."""
        ready = f"!!document.querySelector({json.dumps(screens[0][2])})"
        code = f"{self.axe};{LOOK};visit({json.dumps(screens)}){TELL}"
        try:
            self.browser_js(url, code, ready, login=login, timeout=240)
        except AssertionError as error:  # its message begins with half a megabyte of code
            raise AssertionError(str(error).rpartition('" failed')[2]) from None

    def _form(self, model, res_id):
        return {"type": "ir.actions.act_window", "res_model": model, "res_id": res_id, "views": [[False, "form"]]}

    def _invite(self):
        return self.env["dcrc.appointment"]._invite(
            {"partner_id": self.partner.id, "company_id": self.dealer.id, "kind_id": self.kind.id}
        )

    def _create_user(self, login, group):
        return new_test_user(
            self.env,
            login,
            f"dcrc_dealer.{group}",
            company_id=self.dealer.id,
            company_ids=[Command.set(self.dealer.ids)],
        )

    def _look_at_a_specialists_day(self):
        """Today, the call, all that was before, the customer's page, the booking."""
        call = {"props": {"resId": self.followup.contact_id.id}}
        customer = {"viewType": "form", "props": {"resId": self.partner.id}}
        book = {"type": "ir.actions.client", "tag": "dcrc_dealer.book_appointment"}
        screens = [
            (None, {}, ".o_dcrc_today"),
            ("dcrc_dealer.console_call_action", call, ".o_dcrc_who_name", ".o_dcrc_call"),
            ({"click": ".o_dcrc_timeline_more"}, {}, ".modal .o_dcrc_timeline"),
            ({"click": ".modal .btn-close, .modal .oi-arrow-left"}, {}),
            ("dcrc_dealer.customer_action", customer, ".o_dcrc_timeline"),
            ("dcrc_dealer.hotline_screen_action", {}, ".o_dcrc_hotline_text", ".o_dcrc_hotline"),
            ({**book, "params": {"partner_id": self.partner.id}}, {}, ".o_dcrc_booking_slots", ".o_dcrc_booking"),
        ]
        self._look("/odoo/dcrc-today", screens, "dcrc_tour")

    def _look_at_a_managers_day(self):
        """What the manager sees first, the team, and whether the data hold what they promise."""
        self._create_user("dcrc_lead", "group_dcrc_manager")
        self.env["dcrc.self.check"]._run(self.dealer)
        screens = [
            (None, {}, ".o_dcrc_today"),
            ({"click": ".o_dcrc_today_team_tab"}, {}, ".o_dcrc_team", ".o_dcrc_today"),
            ("dcrc_dealer.console_overview_action", {}, ".o_dcrc_overview_people", ".o_dcrc_overview"),
            ("dcrc_dealer.self_check_action", {}, ".o_list_renderer .o_data_cell"),  # around it is Odoo's
        ]
        self._look("/odoo/dcrc-today", screens, "dcrc_lead")

    def _look_at_the_board(self):
        """A full day, longer than the screen, seen by a department that changes nothing."""
        midnight = self.dealer._dcrc_day_bounds(self.dealer._dcrc_today() + timedelta(days=2))[0]
        values = {"partner_id": self.partner.id, "company_id": self.dealer.id, "kind_id": self.kind.id}
        hours = [{**values, "start": midnight + timedelta(hours=hour), "state": "booked"} for hour in range(9, 17)]
        self.env["dcrc.appointment"].create(hours)
        desk = self._create_user("dcrc_desk", "group_dcrc_department")
        self.env["dcrc.department"]._get_for("service", self.dealer).member_ids = desk
        third = ({"click": ".o_dcrc_board_day:nth-child(3)"}, {}, ".o_dcrc_board_card", ".o_dcrc_board")
        self._look("/odoo/dcrc-appointment-board", [(None, {}, ".o_dcrc_board"), third], "dcrc_desk")

    def _look_at_the_link(self):
        """The customer's own page: as it comes, while choosing, and of a link that is none."""
        page = f"/dcrc/appointment/{self._invite().access_token}"
        for url in (page, f"{page}?choose=1&kind={self.kind.id}", "/dcrc/appointment/" + "a" * 43):
            with self.subTest(url=url[-12:]):
                self._look(url, [(None, {}, "main")])


@tagged("post_install", "-at_install")
class TestAccessibility(AccessibilityCase):
    def test_a_specialists_day(self):
        self._look_at_a_specialists_day()

    def test_a_managers_day(self):
        self._look_at_a_managers_day()

    def test_the_board_of_the_service_desk(self):
        self._look_at_the_board()

    def test_the_customers_own_page(self):
        self._look_at_the_link()

    def test_lists_of_the_dms(self):
        row = {
            "工单号": "WX2",
            "车架号": "X",
            "送修人": "王芳",
            "手机": "13800138001",
            "维修类型": "保养",
            "进厂时间": "",
        }
        lists = self.env["dcrc.dms.import"].with_user(self.specialist)
        answer = lists.push_list(kind="service", list_date="2026-10-14", rows=[row])
        held = self.env["dcrc.dms.row"].search([("import_id", "=", answer["id"])], limit=1)
        unknown = lists._take_file("list.csv", "工单号,爱车\nWX3,LS5A2ABE0TA000001\n".encode(), kind="service")
        self.assertEqual(unknown.state, "columns")
        screens = [
            (None, {}, ".o_dcrc_dms_dropzone"),
            (self._form("dcrc.dms.import", answer["id"]), {}, ".o_dcrc_dms_panel"),
            (self._form("dcrc.dms.import", unknown.id), {}, ".o_dcrc_dms_columns select", ".o_dcrc_dms_columns"),
            (self._form("dcrc.dms.row", held.id), {}, ".o_dcrc_dms_cells"),
        ]
        self._look("/odoo/dcrc-lists", screens, "dcrc_tour")


@tagged("post_install", "-at_install")
class TestAccessibilityOnPhones(AccessibilityCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_specialists_day(self):
        self._look_at_a_specialists_day()

    def test_a_managers_day(self):
        self._look_at_a_managers_day()

    def test_the_board_of_the_service_desk(self):
        self._look_at_the_board()

    def test_the_customers_own_page(self):
        self._look_at_the_link()
