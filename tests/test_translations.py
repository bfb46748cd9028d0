"""Nothing that a user reads is left in English only, and translators find every term."""

import polib

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

from . import source


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = {
            addon: {row[4] for row in TranslationModuleReader(cls.env.cr, modules=[addon])} for addon in source.ADDONS
        }

    def test_every_term_is_in_chinese(self):
        for addon in source.ADDONS:
            with self.subTest(addon=addon):
                entries = polib.pofile(source.ROOT / addon / "i18n" / "zh_CN.po").translated_entries()
                known = {entry.msgid for entry in entries}
                self.assertFalse(sorted(self.terms[addon] - known), f"{addon}/i18n/zh_CN.po lacks these")

    def test_the_template_for_translators_is_current(self):
        for addon in source.ADDONS:
            with self.subTest(addon=addon):
                known = {entry.msgid for entry in polib.pofile(source.ROOT / addon / "i18n" / f"{addon}.pot")}
                self.assertEqual(known, self.terms[addon], "renew it: ./dcrc newdb NAME; ./dcrc terms NAME")
