"""Nothing that a user reads is left in English only."""

from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationModuleReader

from dev.lint_files import po_entries

from . import source


def _plain(text):
    """Undo the quoting of a .po file."""
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    def test_every_term_is_in_chinese(self):
        for addon in source.ADDONS:
            with self.subTest(addon=addon):
                path = source.ROOT / addon / "i18n" / "zh_CN.po"
                known = {
                    _plain(english)
                    for _line, fuzzy, english, chinese in po_entries(path.read_text(encoding="utf-8"))
                    if chinese and not fuzzy
                }
                reader = TranslationModuleReader(self.env.cr, modules=[addon])
                terms = {row[4] for row in reader}
                self.assertFalse(sorted(terms - known), f"{addon}/i18n/zh_CN.po lacks these")
