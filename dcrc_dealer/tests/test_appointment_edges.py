"""The board, its tile and its filters turn with the dealer's day, in every zone (APT-3, APT-4)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from odoo.tests import freeze_time, tagged

from .common_appointment import AppointmentCase

ZONES = ("Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati")


@tagged("post_install", "-at_install")
class TestAppointmentEdges(AppointmentCase):
    def _lists(self, appointment):
        model = self._as(self.specialist, "dcrc.appointment").with_context(tz="Europe/Berlin")
        names = ("today", "tomorrow", "coming", "to_confirm")
        return {name for name in names if appointment in model.search([("listed", "=", name)])}

    def _tile(self):
        tiles = self._as(self.specialist, "dcrc.console").get_today()["tiles"]
        return next(tile["count"] for tile in tiles if tile["key"] == "appointments")

    def test_days_turn_at_the_dealers_midnight(self):
        for zone in ZONES:
            self.dealer.dcrc_tz = zone
            utc = ZoneInfo("UTC")
            start = datetime(2026, 11, 5, 10, tzinfo=ZoneInfo(zone)).astimezone(utc).replace(tzinfo=None)
            history = self.Appointment.with_context(dcrc_history=True)
            vals = {"partner_id": self.customer.id, "kind_id": self.kinds["advice"].id, "start": start}
            appointment = history.create({**vals, "company_id": self.dealer.id})
            midnight = start - timedelta(hours=10)
            second = timedelta(seconds=1)
            with self.subTest(zone=zone, day="before"), freeze_time(midnight - second):
                self.assertEqual(self._lists(appointment), {"tomorrow", "coming", "to_confirm"})
                self.assertEqual(self._tile(), 1)
            with self.subTest(zone=zone, day="of"), freeze_time(midnight):
                self.assertEqual(self._lists(appointment), {"today", "coming"})
                self.assertEqual(self._tile(), 0)
            appointment.state = "cancelled"
