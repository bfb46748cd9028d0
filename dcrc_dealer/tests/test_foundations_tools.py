"""Identities as people write them: VIN, plate, phone; and how customers are shared out."""

from odoo.tests import BaseCase, tagged

from ..tools.assignment import share
from ..tools.phone import normalise_phone, show_phone
from ..tools.plate import check_plate
from ..tools.vin import check_vin


@tagged("post_install", "-at_install")
class TestVin(BaseCase):
    def test_a_right_vin_passes(self):
        self.assertEqual(check_vin("1M8GDM9AXKP042788"), ("1M8GDM9AXKP042788", None))

    def test_small_letters_and_blanks_are_put_right(self):
        self.assertEqual(check_vin(" ls5a3uxe4td238660 ")[0], "LS5A3UXE4TD238660")

    def test_full_width_signs_are_put_right(self):
        self.assertEqual(check_vin("ＬＳ5A3UXE4TD238660"), ("LS5A3UXE4TD238660", None))

    def test_sixteen_characters_are_refused(self):
        self.assertEqual(check_vin("LS5A3LJM4RD24030")[1], "vin_length")

    def test_the_letter_o_is_refused(self):
        self.assertEqual(check_vin("LS5A3O5T6TK218680")[1], "vin_letter")

    def test_a_wrong_check_digit_is_told_apart_from_other_faults(self):
        self.assertEqual(check_vin("1M8GDM9A0KP042788")[1], "vin_check_digit")

    def test_no_vin_is_told_apart_from_a_wrong_one(self):
        self.assertEqual(check_vin("  ")[1], "vin_empty")


@tagged("post_install", "-at_install")
class TestPlate(BaseCase):
    def test_an_ordinary_plate(self):
        self.assertEqual(check_plate("渝a·8k3p2"), ("渝A8K3P2", "ordinary", None))

    def test_a_small_new_energy_plate(self):
        self.assertEqual(check_plate("渝AD12345")[1], "new_energy")

    def test_a_large_new_energy_plate(self):
        self.assertEqual(check_plate("渝A12345D")[1], "new_energy")

    def test_a_learner_plate_is_special(self):
        self.assertEqual(check_plate("渝A1234学")[1], "special")

    def test_plates_of_rescue_police_aviation_consulates_and_embassies_are_special(self):
        plates = {
            "rescue": ("川X0116应急", "京 X·0001 应急"),
            "armed police": ("WJ渝·0123A", "wj京1234x", "WJ01·12345"),
            "civil aviation": ("民航A1234", "民航 B·12345"),
            "consulate": ("沪A·0023领", "渝A1234领", "领 014578"),
            "embassy": ("使 014·578", "224001使", "京A01234使", "京AF0236使"),
            "others": ("渝A1234警", "渝A1234挂", "粤Z·1234港", "粤Z1234澳", "渝A1234试", "渝A1234超", "渝A12345临"),
            "army": ("KA12345", "军A12345"),
        }
        for whose, texts in plates.items():
            for text in texts:
                self.assertEqual(check_plate(text)[1:], ("special", None), f"{whose}: {text}")

    def test_what_only_looks_like_a_special_plate_is_none(self):
        for text in ("应急", "WJ", "民航", "领12", "使1234", "渝A领", "渝12345应急应急"):
            self.assertEqual(check_plate(text)[2], "plate_format", text)

    def test_the_letters_i_and_o_are_refused(self):
        for plate in ("渝A12I45", "渝A12O45"):
            self.assertEqual(check_plate(plate)[2], "plate_format", plate)

    def test_an_unknown_province_is_refused(self):
        self.assertEqual(check_plate("欧A12345")[2], "plate_format")

    def test_words_for_no_plate_mean_no_plate(self):
        for text in ("", "无牌", "未上牌", None):
            self.assertEqual(check_plate(text)[2], "plate_empty", text)


@tagged("post_install", "-at_install")
class TestPhone(BaseCase):
    def test_a_mobile_however_it_is_written(self):
        for text in (
            " +86 138-0013-8000 ",
            "13800138000",
            "１３８００１３８０００",
            "008613800138000",
            "13800138000.0",
        ):
            self.assertEqual(normalise_phone(text), ("+8613800138000", "mobile", None), text)

    def test_a_landline_with_its_area_code(self):
        self.assertEqual(normalise_phone("023-6788 1234"), ("+862367881234", "landline", None))

    def test_a_mobile_of_ten_digits_is_refused(self):
        self.assertEqual(normalise_phone("1393090174")[2], "phone_length")

    def test_letters_are_no_number(self):
        self.assertEqual(normalise_phone("无")[2], "phone_empty")

    def test_a_stored_number_is_shown_in_groups(self):
        self.assertEqual(show_phone("+8613800138000"), "+86 138 0013 8000")

    def test_a_number_abroad_keeps_its_country(self):
        self.assertEqual(normalise_phone("+49 1512 3456789")[0], "+4915123456789")


@tagged("post_install", "-at_install")
class TestShare(BaseCase):
    """CUS-5: balanced by load, weighted by ability."""

    def test_whoever_has_least_gets_the_next(self):
        self.assertEqual(share("abc", {"li": (10, 1), "chen": (8, 1)}), {"a": "chen", "b": "chen", "c": "li"})

    def test_a_double_share_gets_twice_as_many(self):
        shares = share(range(30), {"li": (0, 2), "chen": (0, 1)})
        self.assertEqual(list(shares.values()).count("li"), 20)

    def test_a_share_of_zero_gets_none(self):
        self.assertEqual(set(share("abc", {"li": (0, 0), "chen": (99, 1)}).values()), {"chen"})

    def test_with_nobody_left_nobody_is_assigned(self):
        self.assertEqual(share("abc", {"li": (0, 0)}), {})
