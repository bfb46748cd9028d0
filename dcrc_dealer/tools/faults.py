"""Which repairs of a car are of the same fault, by what the repair orders say.

How to use::

    >>> same_fault("变速箱换挡顿挫", "客户反映换挡顿挫，变速箱异响")
    True
    >>> same_fault("更换机油", "空调不制冷")
    False
    >>> group([(1, "空调不制冷"), (2, "刹车异响"), (3, "检查空调不制冷，加冷媒")])
    {1: 1, 2: 2, 3: 1}
    >>> find_part("更换发动机总成", ["发动机", "变速箱"]), find_part("清洗发动机", ["发动机"])
    ('发动机', '')

Words that every order has (检查, 更换, 处理 …) say nothing. What is left is compared in pairs of signs, since
Chinese writes no blanks; words in Latin letters count as a whole. A proposal, not a judgement: a person confirms.
"""

import re
import unicodedata

COMMON = (
    "客户反映 反映 反应 报修 检查 检测 检修 维修 修理 更换 换新 拆装 安装 调整 处理 清洗 清洁 试车 路试 正常 故障 问题 "
    "车辆 车主 需要 建议 进行 已经 完成 索赔 质保 三包 保修 工时 总成 左 右 前 后 的 了 时 有"
).split()
ENOUGH = 0.5  # of the shorter text's pairs
REPLACED = re.compile(r"更换|换新|换(?!挡|档|油)|replace", re.I)
TOKEN = re.compile(r"[\u4e00-\u9fff]+|[a-z]{3,}|\d{3,}")


def marks(text):
    """Return the pairs of signs and words that tell a text apart."""
    text = unicodedata.normalize("NFKC", text or "").casefold()
    for word in sorted(COMMON, key=len, reverse=True):
        text = text.replace(word, " ")
    found = set()
    for token in TOKEN.findall(text):
        if token[0] > "\u4e00":
            found |= {token[place : place + 2] for place in range(len(token) - 1)}
        else:
            found.add(token)
    return found


def same_fault(one, other):
    """Whether two texts speak of the same fault."""
    return _likeness(marks(one), marks(other)) >= ENOUGH


def group(repairs, apart=()):
    """Return ``{key of a repair: key of the first repair of its fault}``.

    :param repairs: ``[(key, text)]`` in the order of time
    :param apart: keys of repairs that people have found to be a fault of their own
    """
    seen, groups = [], {}
    for key, text in repairs:
        mine = marks(text)
        likest = max(
            ((_likeness(mine, other), -place) for place, (first, other) in enumerate(seen) if first not in apart),
            default=(0, 0),
        )
        known = key not in apart and likest[0] >= ENOUGH
        groups[key] = groups[seen[-likest[1]][0]] if known else key
        seen.append((key, mine))
    return groups


def find_part(text, parts):
    """Return the first of the main `parts` that a repair has replaced, "" for none."""
    text = unicodedata.normalize("NFKC", text or "")
    for phrase in re.split(r"[,，;；。、\n+]", text):
        if REPLACED.search(phrase):
            for part in parts:
                if part in phrase:
                    return part
    return ""


def _likeness(one, other):
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0
