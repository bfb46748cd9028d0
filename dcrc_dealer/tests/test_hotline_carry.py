from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import NOW, TODAY
from .common_hotline import HotlineCase


@tagged("post_install", "-at_install")
class TestHotlineCarry(HotlineCase):
    """One call, one stop: the data go along (HOT-4); the screen saves what is typed."""

    # -- what it becomes ----------------------------------------------------------

    def test_a_complaint_has_customer_car_and_words(self):
        record = self._record(mood="angry")
        made = record.make_complaint()["made"]
        complaint = record.complaint_ids
        self.assertRecordValues(
            complaint,
            [{"partner_id": self.customer.id, "vehicle_id": self.car.id, "text": record.text, "source": "hotline"}],
        )
        self.assertEqual((made[0]["model"], made[0]["id"]), ("dcrc.complaint", complaint.id))
        with self.assertRaises(UserError):
            record.make_complaint()

    def test_a_correction_is_opened_once_for_an_item(self):
        record = self._record()
        for _time in range(2):
            record.make_correction({"item": "plate", "new_value": "渝B54321"})
        self.assertRecordValues(
            record.correction_ids, [{"partner_id": self.customer.id, "item": "plate", "vehicle_id": self.car.id}]
        )
        with self.assertRaises(UserError):
            record.make_correction({"item": "nothing"})

    def test_an_appointment_of_the_call_is_linked_to_it(self):
        kind = self.env["dcrc.appointment.kind"].search([("company_id", "=", self.dealer.id)], limit=1)
        wish = {"partner_id": self.customer.id, "kind_id": kind.id, "wanted_from": str(TODAY), "wanted_to": str(TODAY)}
        booked = self._as(self.specialist, "dcrc.appointment").book(wish)
        record = self._record()
        record.link_appointment(booked["appointment_id"])
        self.assertEqual(record.appointment_ids.id, booked["appointment_id"])
        other = self._record(partner_id=self._create_customer("李强").id, vehicle_id=False)
        with self.assertRaises(UserError):
            other.link_appointment(booked["appointment_id"])

    def test_a_lead_goes_to_odoos_crm_or_is_refused_in_words(self):
        record = self._record(number="13986753090")
        if "crm.lead" not in self.env:
            with self.assertRaises(UserError):
                record.make_lead()
            self.assertFalse(record.read_record()["can"]["lead"])
            return
        record.make_lead()
        lead = self.env["crm.lead"].browse(record.lead_id)
        self.assertEqual((lead.partner_id, lead.company_id), (self.customer, self.dealer))

    def test_nothing_is_carried_on_for_nobody(self):
        record = self._record(partner_id=False, vehicle_id=False)
        for carry in (record.make_complaint, lambda: record.make_correction({"item": "name"})):
            with self.assertRaises(UserError):
                carry()

    def test_what_a_client_says_of_the_link_counts_for_nothing(self):
        record = self._record()
        with self.assertRaises(AccessError):
            self._as(self.specialist, "dcrc.complaint").create(
                {"partner_id": self.customer.id, "text": "x", "hotline_id": record.id}
            )

    # -- while it is typed -----------------------------------------------------------

    def test_what_is_typed_is_kept_and_what_is_older_does_not_come_back(self):
        record = self._record(text="")
        record.save_typed({"text": "第二句", "mood": "upset", "rings": 4, "at": 2000})
        record.save_typed({"text": "第一句", "at": 1000})
        self.assertRecordValues(record, [{"text": "第二句", "mood": "upset", "rings": 4, "in_rings": "no"}])

    def test_a_customer_chosen_brings_the_only_car(self):
        record = self._record(partner_id=False, vehicle_id=False)
        record.save_typed({"partner_id": self.customer.id, "at": 1})
        self.assertEqual(record.vehicle_id, self.car)
        record.save_typed({"partner_id": False, "vehicle_id": False, "at": 2})
        self.assertFalse(record.partner_id | record.vehicle_id.dcrc_owner_id)

    def test_saving_what_is_the_same_writes_nothing(self):
        record = self._record()
        self.env.flush_all()
        self.cr.execute("UPDATE dcrc_hotline SET write_date = '2020-01-01' WHERE id = %s", [record.id])
        record.invalidate_recordset()
        record.save_typed({"text": record.text, "purpose": record.purpose})
        self.assertFalse(record._dcrc_as_typed("callback_at"))
        self.assertEqual(record.text, "空调不制冷，想问能否今天修")

    def test_a_done_record_takes_no_more_words(self):
        record = self._record()
        record.action_answered()
        with self.assertRaises(UserError):
            record.save_typed({"text": "还有一句", "at": 1})

    def test_a_number_can_be_kept_in_the_file(self):
        record = self._record(number="13986753090")
        self.assertFalse(record.read_record()["partner"]["has_number"])
        self.assertTrue(record.keep_number()["partner"]["has_number"])
        self.assertEqual(self.customer._dcrc_best_phone().number, "+8613800138000", "behind those that are known")

    def test_a_number_that_cannot_be_dialled_opens_no_file(self):
        record = self._record(partner_id=False, vehicle_id=False)
        with self.assertRaises(ValidationError):
            record.make_customer("赵敏", "123")

    def test_the_screen_asks_as_many_queries_for_many_records_as_for_one(self):
        record = self._record(number="13800138000")
        few = self._count_queries(record.read_record)
        for number in range(10):
            self._record(text=f"第 {number} 次")
        self.assertLessEqual(self._count_queries(record.read_record), few)

    # -- around it -------------------------------------------------------------------

    def test_the_calls_stand_on_the_timeline_and_in_the_file(self):
        record = self._record()
        lines = self.env["dcrc.timeline"].search([("partner_id", "=", self.customer.id), ("kind", "=", "hotline_call")])
        self.assertEqual((lines.res_id, lines.date), (record.id, NOW))
        self.assertEqual(self._as(self.specialist, self.customer).dcrc_hotline_count, 1)

    def test_tiles_count_what_their_lists_show(self):
        self._record(department_id=self.service.id)
        tiles = self._as(self.specialist, "dcrc.console").get_today()["tiles"]
        tile = next(tile for tile in tiles if tile["key"] == "hotline")
        found = self._as(self.specialist, "dcrc.hotline").search(tile["action"]["domain"])
        self.assertEqual((tile["count"], len(found)), (1, 1))

    def test_without_the_room_nothing_of_it_is_shown(self):
        self.dealer.dcrc_room_hotline = False
        tiles = self._as(self.specialist, "dcrc.console").get_today()["tiles"]
        self.assertFalse([tile for tile in tiles if tile["key"].startswith("hotline")])
        with self.assertRaises(UserError):
            self._as(self.specialist, "dcrc.hotline").open_new()

    def test_the_sheet_has_every_call_with_masked_numbers(self):
        record = self._record(number="13800138000")
        sheet = record._get_sheets()[0]
        self.assertEqual((sheet["count"], sheet["rows"][0]["phone"]), (1, "138****8000"))
        html = self.env["ir.actions.report"]._render_qweb_html("dcrc_dealer.hotline_sheet", record.ids)[0].decode()
        self.assertIn("空调不制冷", html)
        self.assertNotIn("13800138000", html)

    def test_a_dial_address_is_one_that_dials(self):
        for address in (
            "https://pbx.example/dial?to={number}&from={extension}",
            "sip:{number}@pbx.example",
            "tel:{number}",
        ):
            self.dealer.dcrc_dial_address = address
        for address in (
            "javascript:alert({number})",
            "https://pbx.example",
            "//{number}",
            "tel:{other}",
            "tel:{number!r:>9999}",
            "https://{number}.example",
            "data:{number}",
            "https:{number}",
        ):
            with self.subTest(address), self.assertRaises(ValidationError), self.cr.savepoint():
                self.dealer.dcrc_dial_address = address

    def test_an_extension_is_dialled_from_and_given_by_the_manager(self):
        self.dealer.dcrc_dial_address = "https://pbx.example/?to={number}&from={extension}"
        self.specialist.dcrc_extension = "80 01"
        self.assertEqual(
            self.dealer._dcrc_get_dial_address(self.specialist), "https://pbx.example/?to={number}&from=80%2001"
        )

    # -- figures ---------------------------------------------------------------------

    def test_figures_say_how_many_were_answered_at_once_and_called_back_in_time(self):
        self._record(rings=2).action_answered()
        handed = self._record(department_id=self.service.id, rings=5)
        handed.action_answered()
        self.env.flush_all()
        counts = {}
        for code in ("hotline_calls", "hotline_at_once", "hotline_in_time", "hotline_rings"):
            figure = self.env["dcrc.measure"]._find([code])._get_figures(self.dealer, TODAY, TODAY)[0]
            counts[code] = (figure.numerator, figure.denominator)
        self.assertEqual(counts["hotline_at_once"], (1, 2))
        self.assertEqual(counts["hotline_in_time"], (1, 1))
        self.assertEqual(counts["hotline_rings"], (1, 2))
        self.assertEqual(counts["hotline_calls"][0], 2)

    # -- privacy ---------------------------------------------------------------------

    def test_anonymised_the_caller_stands_nowhere_on_the_hotline(self):
        record = self._record(number="13800138000", caller="王芳")
        unknown = self._record(partner_id=False, vehicle_id=False, number="13800138000")
        self._announce()
        self.env["dcrc.privacy"]._anonymise(self.customer)
        self.env.invalidate_all()
        self.assertFalse(record.text or record.number or unknown.number or self._ring().number)

    def test_words_and_numbers_go_after_their_months(self):
        record = self._record(number="13800138000", date="2020-01-01 08:00:00")
        record.action_answered()
        privacy = self.env["dcrc.privacy"]
        found = privacy._find(self.dealer, "hotline")
        self.assertEqual(found, record)
        privacy._drop(self.dealer, "hotline", found)
        record.invalidate_recordset()
        self.assertFalse(record.text or record.number)
        self.assertFalse(privacy._find(self.dealer, "hotline"))
