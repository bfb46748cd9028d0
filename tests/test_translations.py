"""Nothing that a user reads is left in English only, and translators find every term."""

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

from . import source


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def _get_terms(self, addon):
        return {row[4] for row in TranslationModuleReader(self.env.cr, modules=[addon])}

    def test_every_term_is_in_chinese(self):
        for addon in source.ADDONS:
            with self.subTest(addon=addon):
                entries = polib.pofile(source.ROOT / addon / "i18n" / "zh_CN.po").translated_entries()
                known = {entry.msgid for entry in entries}
                self.assertFalse(sorted(self._get_terms(addon) - known), f"{addon}/i18n/zh_CN.po lacks these")

    def test_the_template_for_translators_is_current(self):
        for addon in source.ADDONS:
            with self.subTest(addon=addon):
                known = {entry.msgid for entry in polib.pofile(source.ROOT / addon / "i18n" / f"{addon}.pot")}
                self.assertEqual(known, self._get_terms(addon), "renew it: ./dcrc newdb NAME; ./dcrc terms NAME")
