"""Does an answer to a text mean "no more of this"? By meaning, not to the letter.

How to use::

    >>> words = ["R", "TD", "退订", "拒收", "不要再发"]
    >>> [means_opt_out(said, words) for said in ("Ｒ", " r。", "请退订", "R退订", "回复TD", "退订，谢谢！")]
    [True, True, True, True, True, True]
    >>> [means_opt_out(said, words) for said in ("好的，R店见", "我要退订金", "不退订", "TDI是什么", "")]
    [False, False, False, False, False]

A word of letters stands alone (beside courtesies); a Chinese word may have a few others around it.
"""

import re
import unicodedata

COURTESIES = re.compile(r"^(?:请|麻烦|我要|我想|回复|回|烦请|谢谢|感谢)+|(?:谢谢|感谢|了|吧|啊|哦|短信|信息|您|你)+$")
NOT = ("不", "没", "未", "取消", "别")
OTHER_MATTERS = ("金", "单", "车", "款", "钱")  # 退订金: the deposit back
AROUND = 6  # other characters beside a Chinese word


def means_opt_out(text, words):
    """Return whether `text` asks for no more texts, going by `words` (as the dealer typed them)."""
    said = _plain(text)
    latin = {word for word in map(_plain, words) if word.isascii() and word}
    chinese = [word for word in map(_plain, words) if word and not word.isascii()]
    bare = _bare(said)
    if bare in latin or any(bare.startswith(word) and _bare(bare[len(word) :]) in chinese for word in latin):
        return True
    return any(_asks(said, word) for word in chinese)


def _plain(text):
    """Full width to half width, capitals, without signs and spaces."""
    text = unicodedata.normalize("NFKC", text or "").upper()
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def _bare(text):
    while (shorter := COURTESIES.sub("", text)) != text:
        text = shorter
    return text


def _asks(said, word):
    place = said.find(word)
    if place < 0 or len(said) - len(word) > AROUND:
        return False
    before, after = said[:place], said[place + len(word) :]
    return not before.endswith(NOT) and not after.startswith(OTHER_MATTERS)
