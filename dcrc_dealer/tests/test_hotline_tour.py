from odoo.tests import HttpCase, tagged

from .test_console_tour import ConsoleTourCase

RING = """
(async () => {
    const { rpc } = odoo.loader.modules.get("@web/core/network/rpc");
    const call = (method, kwargs) => rpc(`/web/dataset/call_kw/dcrc.hotline/${method}`,
        { model: "dcrc.hotline", method, args: ["pop"], kwargs });
    const started = Date.now();
    await call("announce_call", { number: "13800138000", agent: "8001", context: { tz: "UTC" } });
    while (!document.querySelector(".o_dcrc_hotline .o_dcrc_who_name")) {
        if (Date.now() - started > 60000) throw new Error("the file does not open");
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    console.log(`opened after ${Date.now() - started} ms`);
    console.log("test successful");
})();
"""


class HotlineTourCase(ConsoleTourCase):
    def setUp(self):
        super().setUp()
        self.customer = self.followup.partner_id
        self.customer.write({"name": "王芳"})
        self.specialist.dcrc_extension = "8001"
        self.records = self.env["dcrc.hotline"].with_context(active_test=False)


@tagged("post_install", "-at_install")
class TestHotlineTour(HotlineTourCase, HttpCase):
    """The hotline in a browser: by one key, by a call that rings."""

    def test_a_record_by_one_key_becomes_a_complaint(self):
        self.start_tour("/odoo/dcrc-today", "dcrc_hotline_key", login="dcrc_tour")
        record = self.records.search([("company_id", "=", self.dealer.id)])
        self.assertRecordValues(record, [{"state": "done", "purpose": "complaint", "mood": "angry"}])
        complaint = record.complaint_ids
        self.assertEqual((complaint.partner_id, complaint.text), (self.customer, "空调异响，第三次来电"))
        self.assertEqual(complaint.vehicle_id, self.customer.dcrc_vehicle_ids)

    def test_a_new_caller_gets_an_answer_at_hand_and_a_call_back(self):
        article = {"name": "道路救援电话", "body": "<p>二十四小时：400-123-4567</p>", "company_id": self.dealer.id}
        self.env["dcrc.article"].create({**article, "user_id": self.specialist.id})
        self.start_tour("/odoo/dcrc-today", "dcrc_hotline_new_caller", login="dcrc_tour")
        record = self.records.search([("company_id", "=", self.dealer.id)])
        self.assertEqual((record.partner_id.name, record.state), ("赵敏", "callback"))

    def test_a_call_that_rings_opens_the_file_while_the_websocket_is_down(self):
        self.browser_js(
            "/odoo/dcrc-today",
            RING,
            "odoo.isReady && !!document.querySelector('.o_dcrc_hotline_new')",
            login="dcrc_tour",
        )
        ring = self.env["dcrc.hotline.ring"].search([("reference", "=", "pop")])
        self.assertEqual(ring.hotline_id.partner_id, self.customer)
