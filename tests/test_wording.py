"""The Chinese that people read keeps to one style: punctuation by GB/T 15834, one term a thing, the law in texts.

Decided mechanically, entry by entry of i18n/zh_CN.po; what needs a reader is left to readers.
"""

import re

import polib
import pytest

from . import source

HAN = r"[\u4e00-\u9fff]"
# what goes to customers: texts, scripts, questionnaires, plans, the pages behind a link
TO_CUSTOMERS = re.compile(
    r"^model:(sms\.template,(body|dcrc_short_body|short_body)|dcrc\.script,(?!name)|survey\.|dcrc\.retention\.plan,)"
    r"|^model:mail\.template,(body_html|subject)|appointment_link_(page|gone)$"
)
SAID_TO_NOBODY = re.compile(
    r"最(?!近|早|晚|后|迟)|第一|唯一|国家级|100 ?%|保证|绝对|亲爱的|流失|拒访|爽约|招揽|免等待|免费维修|一路平安|爱车"
)
NEVER = {
    "已经": "已",
    "对其进行": "the verb alone",
    "自然到店": "临时到店",
    "暂扣": "待修正",
    "隐藏号码": "脱敏号码",
    "挽留案例": "挽留任务",
    "出厂模板": "预置模板",
    "有风险": "准流失",
    "客服": "专员",
    "顾客": "客户",
    "底盘号": "车架号（VIN）",
    "强保": "首保",
    "爽约": "未到店",
    "交付": "交车",
    "指派": "分配, 移交",
    "信息更正": "客户信息跟踪表, the act: 更正",
    "监控文件夹": "自动导入文件夹",
}
ONE_TERM = {
    "specialist": "专员",
    "questionnaire": "问卷",
    "complaint": "投诉",
    "waiting list": "候补",
    "do not contact": "勿扰",
    "statutory warranty": "三包",
}
MENU = re.compile(r"^model:ir\.ui\.menu,name:")
# names that the standard gives its papers and the house itself
LONG_MENUS = {"客户信息跟踪表", "客户关系中心", "客户关系中心设置"}


@pytest.fixture(scope="module")
def entries():
    """All translated entries, as (entry, the places where it stands)."""
    return [
        (entry, [place for place, _line in entry.occurrences])
        for addon in source.ADDONS
        for entry in polib.pofile(source.ROOT / addon / "i18n" / "zh_CN.po").translated_entries()
    ]


def _found(entries, wrong):
    return {entry.msgid: entry.msgstr for entry, places in entries if wrong(entry.msgstr, places)}


def test_punctuation_between_chinese_is_full_width(entries):
    half = re.compile(f"{HAN}[,;:?!]|[,;:?!]{HAN}|{HAN}\\.(?:$|{HAN})")
    plain = re.compile(r"<[^>]*>|\{[^}]*\}|%\(\w+\)[sdgf]")
    assert not _found(entries, lambda text, places: half.search(plain.sub("", text)))


def test_brackets_and_quotes_come_in_pairs_of_one_kind(entries):
    pairs = ("（）", "“”", "《》", "【】")
    assert not _found(
        entries, lambda text, places: any(text.count(a) != text.count(b) for a, b in pairs if _whole(text))
    )


def _whole(text):
    # a sentence that goes on in the next element opens or closes a bracket alone
    return not re.search(r"^[^（]*）|（[^）]*$", text)


def test_no_half_width_bracket_around_chinese(entries):
    assert not _found(entries, lambda text, places: re.search(rf"\([^()]*{HAN}[^()]*\)", re.sub(r"%\(\w+\)", "", text)))


def test_no_space_beside_full_width_punctuation(entries):
    assert not _found(entries, lambda text, places: re.search(r" [，。；？！）”]|[，。；：？！（“] (?=\S)", text))


def test_chinese_and_latin_stand_apart_on_screens(entries):
    close = re.compile(rf"(?:DMS|VIN|API|Excel|MB)(?={HAN})|(?<={HAN})(?:DMS|VIN|API|Excel|MB)\b")
    assert not _found(entries, lambda text, places: close.search(text) and not any(map(TO_CUSTOMERS.search, places)))


def test_nothing_goes_to_customers_that_they_must_not_read(entries):
    to_customers = [(e, p) for e, p in entries if any(map(TO_CUSTOMERS.search, p))]
    assert len(to_customers) > 100
    assert not _found(to_customers, lambda text, places: SAID_TO_NOBODY.search(text))


@pytest.mark.parametrize("word", NEVER)
def test_a_word_that_the_house_does_not_use_stands_nowhere(entries, word):
    # in speech a word of the house's own may be what people say
    ours = [(entry, places) for entry, places in entries if not any(map(TO_CUSTOMERS.search, places))]
    assert not _found(ours, lambda text, places: word in text), f"say {NEVER[word]}"


@pytest.mark.parametrize("english", ONE_TERM)
def test_one_thing_has_one_name(entries, english):
    chinese = ONE_TERM[english]
    said = [e for e, _places in entries if re.search(rf"\b{english}s?\b", e.msgid, re.IGNORECASE) and len(e.msgid) < 60]
    assert said
    assert not {e.msgid: e.msgstr for e in said if chinese not in e.msgstr}


def test_menus_have_six_characters_at_most(entries):
    def long(text, places):
        return any(map(MENU.search, places)) and len(re.findall(HAN, text)) > 6 and text not in LONG_MENUS

    assert not _found(entries, long)


def test_messages_and_helps_end_with_a_full_stop(entries):
    ended = re.compile(r"^model:ir\.model\.(constraint,message|fields,help):")
    assert not _found(
        entries, lambda text, places: places and all(map(ended.search, places)) and not re.search(r"[。？！…）]$", text)
    )


def test_odoos_own_contact_keeps_its_name(entries):
    names = {e.msgstr for e, places in entries if "model:ir.model,name:dcrc_dealer.model_res_partner" in places}
    assert names <= {"联系人"}
