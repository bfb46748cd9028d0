"""Every menu opens, every view and filter of it works, for those who see most of them."""

import pytest

from odoo.tests import HttpCase, new_test_user, tagged

CLICK = (
    "odoo.loader.modules.get('@web/webclient/clickbot/clickbot_loader').startClickEverywhere('dcrc_dealer.menu_dcrc');"
)


class ScreensCase(HttpCase):
    """One class a role, so that two processes share them."""

    allow_end_on_form = True

    def _click_everywhere(self, login, group):
        user = new_test_user(self.env, login, groups=f"base.group_user,dcrc_dealer.{group}")
        user.tour_enabled = False
        self.browser_js(
            "/odoo", CLICK, "odoo.isReady === true", login=login, timeout=600, success_signal="clickbot test succeeded"
        )


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestManagersScreens(ScreensCase):
    def test_manager(self):
        self._click_everywhere("screens_manager", "group_dcrc_manager")


@pytest.mark.slow
@tagged("post_install", "-at_install")
class TestDepartmentsScreens(ScreensCase):
    def test_department(self):
        self._click_everywhere("screens_department", "group_dcrc_department")
