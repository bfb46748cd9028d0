"""How calls go: who is reached at the how-manieth attempt, when, and what is said.

Plain Python. `plot` draws one conversation; its rates make the year's success
about 93 % and dissatisfaction about 4 % of those asked.
"""

from datetime import datetime, time, timedelta
from typing import NamedTuple

# ends of a conversation in a thousand
ENDS = (("answered", 930), ("refused", 17), ("failed", 30), ("wrong", 9), ("empty", 4), ("missed", 10))
FIRST_TIME, SECOND_TIME = 0.76, 0.94
VAIN = ("no_answer", "no_answer", "no_answer", "no_answer", "busy", "busy", "off", "off")
SLOTS = ((9.05, 11.9), (14.05, 17.4), (17.6, 20.2))
DISSATISFIED = 0.043
LEVELS = ((5, 66), (4, 29), (3, 5))

# what dissatisfied customers say: (codes asked about it, words, what was agreed)
GRIPES = {
    "service": (
        (
            "B",
            "服务顾问接车时态度很敷衍，问了两遍都没人理。",
            "服务经理当面致歉，对当事人进行了谈话，赠送一次免费洗车，客户接受。",
        ),
        (
            "C",
            "结账时比预估多了两百多，事先没有人跟我说明。",
            "核对工单后退回多收的检测费，并向客户解释了配件差价，客户认可。",
        ),
        ("D", "异响还是没有解决，过减速带时一样响。", "请客户回店复检，更换平衡杆胶套，试车确认异响消除。"),
        ("D", "刚做完保养没两天，仪表又亮了故障灯。", "安排上门取车，清洁传感器后消除故障，第三天回访正常。"),
        ("D", "刹车片换完以后踩下去有吱吱声。", "重新打磨并更换一副刹车片，客户试车满意。"),
        ("E", "车洗得很潦草，脚垫上还有油渍。", "免费精洗一次，内饰重新清洁，客户满意。"),
        ("E", "交车时车门上有一道新的划痕，出厂前没有检查。", "查看监控后确认在厂内造成，免费抛光修复。"),
        ("F", "休息区空调太冷，等了三个小时也没有人告诉我进度。", "已向客户道歉，休息区增加进度看板，并赠送工时券。"),
        ("D", "空调还是有霉味，说是清洗过了，一点没改善。", "重新清洗蒸发箱并更换滤芯，客户确认无异味。"),
        ("D", "四轮定位做完方向还是跑偏。", "免费重新定位，技术主管陪同试车，客户满意。"),
        ("D", "机油尺显示加多了，回家才发现。", "上门抽取多余机油，检查无其他影响，向客户致歉。"),
        (
            "B",
            "打了三次电话问进度，服务顾问都说等会儿回，结果没有回。",
            "服务顾问登门致歉，今后维修进度每两小时短信告知。",
        ),
        ("B", "前台只顾推销保养套餐，我的问题没有认真听。", "服务经理回访听取意见，并安排复检一次。"),
        ("C", "更换的旧件没有给我看，也没有让我签字。", "补充旧件照片和更换清单，客户认可。"),
        ("C", "说好免费检测，结账单上还是有检测费。", "当天退回检测费。"),
        ("F", "休息区人多没有座位，儿童区玩具很脏。", "增加座椅，儿童区每日消毒两次并公示。"),
        ("A", "说两个小时，实际等了大半天，耽误接孩子。", "客户经理致歉，赠送保养工时券一张，客户谅解。"),
        ("E", "座椅和挡把上有油手印，交车前没有收拾。", "回店免费内饰清洁，交车检查表增加一项。"),
        ("A", "预约了九点，十点半才进工位，预约等于没有预约。", "服务经理致歉，下次保养安排预留工位并免工时费。"),
    ),
    "sales": (
        ("C", "提车那天销售顾问一直在接电话，把我们晾在一边。", "销售经理登门致歉，赠送脚垫一套，客户谅解。"),
        ("E", "车机怎么连手机没讲清楚，回家弄了半天都不会。", "邀请客户回店，由产品专员一对一讲解四十分钟，客户满意。"),
        ("B", "答应送的行车记录仪到现在还没有给。", "当天补发行车记录仪并免费安装。"),
        ("B", "上牌拖了两个星期，临牌都快到期了才办下来。", "说明车管所排队原因，补偿油卡一张，客户接受。"),
        ("A", "新车右后门有异响，跑高速很明显。", "预约到店检查，更换密封条后异响消除。"),
        ("D", "问续航和质保政策，销售顾问自己都说不清楚。", "由销售经理电话逐项解答，并安排该顾问复训。"),
        ("C", "付完定金态度就变了，微信消息隔天才回。", "销售经理更换跟进顾问，并向客户致歉。"),
        ("B", "保险报价比说好的贵了八百，解释不清。", "重新核算保费，差额以保养券补偿。"),
        ("E", "充电桩怎么申请安装没人跟进，等了三周。", "专人陪同办理报装，一周内完成安装。"),
        ("H", "交车时车没有洗，仪表台上还有灰。", "免费精洗并补做交车检查，客户接受致歉。"),
        ("G", "没有人给我介绍服务顾问，出了问题不知道找谁。", "服务经理致电介绍专属顾问并添加微信。"),
        ("F", "首保时间和质保条件没有讲，手册里也找不到。", "电话详细说明首保和三包规定，短信发送要点。"),
    ),
}
PRAISE = {
    "service": (
        "服务顾问很耐心，每一项都讲得清楚。",
        "师傅技术好，一次就修好了。",
        "保养很快，半个小时就提车了。",
        "洗车洗得干净，休息区的点心也不错。",
        "价格透明，比上次满意。",
        "希望周末能多开一个工位。",
        "建议增加夜间取车服务。",
    ),
    "sales": (
        "销售顾问很专业，讲解仔细。",
        "交车仪式很用心，孩子很喜欢。",
        "车子开起来很顺手，油耗也满意。",
        "性价比高，已经推荐给同事了。",
        "希望多搞一些车主活动。",
        "提车手续办得很快。",
    ),
    "other": ("平时跑得少，一个月不到五百公里。", "主要上下班代步。", "周末回老家用得多。", "在外地工作，车放在家里。"),
}
NEEDS = (
    "有优惠活动通知我就来。",
    "想了解一下保养套餐。",
    "能上门取车就方便了。",
    "暂时没有需要。",
    "下个月会来做保养。",
)
REFUSALS = ("正在开会，不方便。", "不想做回访。", "说没时间，挂断了。")
NOTES = {
    "answered": ("", "", "", "", "客户在开车，简短回访。", "语气很客气。", "约好下月来做保养。"),
    "no_answer": ("", "", "响铃后无人接听"),
    "busy": ("", "占线"),
    "off": ("",),
    "refused": REFUSALS,
    "wrong": ("接听人说打错了，不认识车主", "对方不是本人，不清楚车辆情况"),
    "empty": ("系统提示空号",),
    "later": ("客户在忙，约定时间再联系",),
    "transferred": ("对方说车已经卖给朋友了",),
}


class Attempt(NamedTuple):
    """One call: local start and end, code of the outcome, note."""

    start: datetime
    end: datetime
    outcome: str
    note: str


def plot(rng, first_day, days):
    """Draw a conversation that begins on a day between `first_day` and `days` later.

    Return ``(end, attempts)``; `end` is a key of ENDS, attempts are empty when missed.
    """
    end = rng.choices([name for name, _n in ENDS], [n for _name, n in ENDS])[0]
    day = first_day + timedelta(days=min(days, int(rng.expovariate(1.0))))
    return end, draw_attempts(rng, end, day)


def draw_attempts(rng, end, day):
    """The attempts that lead to an end, each in another slot, within three days."""
    if end == "missed":
        return []
    if end == "failed":
        outcomes = [rng.choice(VAIN) for _n in range(3)]
    else:
        luck = rng.random()
        vain = 0 if luck < FIRST_TIME else 1 if luck < SECOND_TIME else 2
        outcomes = [rng.choice(VAIN) for _n in range(vain)] + [end]
    places = [rng.choice((0, 0, 1, 1, 2))]
    if len(outcomes) > 1:
        places = rng.sample(range(len(SLOTS)), len(outcomes))
    attempts, last = [], -1
    for place, outcome in zip(places, outcomes, strict=True):
        if place <= last:  # this slot has passed for today
            day += timedelta(days=1)
        attempts.append(attempt(rng, moment(rng, day, SLOTS[place]), outcome))
        last = place
    return attempts


def moment(rng, day, slot):
    """A moment of a day within ``(hour from, hour to)``."""
    minutes = rng.uniform(slot[0], slot[1]) * 60
    return datetime.combine(day, time()) + timedelta(minutes=int(minutes), seconds=rng.randrange(60))


def attempt(rng, start, outcome):
    """A call that starts at a local moment and lasts as long as its outcome takes."""
    spoken = {"answered": (110, 300), "refused": (15, 50), "later": (15, 40), "wrong": (15, 45)}
    low, high = spoken.get(outcome, (12, 35))
    note = rng.choice(NOTES.get(outcome, ("",)))
    return Attempt(start, start + timedelta(seconds=rng.randrange(low, high)), outcome, note)


def levels(rng, codes, bad_codes):
    """``{code: level}`` of a customer: mostly content, 1 or 2 for what is bad."""
    mood = [level for level, _weight in LEVELS], [weight for _level, weight in LEVELS]
    base = rng.choices(*mood)[0]
    result = {}
    for code in codes:
        if code in bad_codes:
            result[code] = rng.choices((2, 1), (72, 28))[0]
        else:
            result[code] = base if rng.random() < 0.72 else rng.choices(*mood)[0]
    return result
