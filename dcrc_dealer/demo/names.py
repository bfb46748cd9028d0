"""Made-up people and places of Chongqing; nobody and no number in here is real.

How to use::

    >>> people = People(random.Random(1))
    >>> person = people.person()
    >>> person["gender"] in ("female", "male"), len(person["name"]) in (2, 3)
    (True, True)
"""

from datetime import timedelta

SURNAMES = (
    "王王王李李李张张张刘刘陈陈陈杨杨黄黄赵吴吴周周徐孙马朱胡胡郭何何高林罗罗罗郑梁谢宋唐许韩冯邓邓曹彭彭曾曾"
    "肖田董袁潘于蒋蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭谭陆汪范金石廖贾夏韦付方白邹孟熊熊秦邱江尹薛闫段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤冉冉牟"
)
COMPOUND = ("欧阳", "上官", "司徒")
FEMALE = "芳娜敏静丽艳娟霞秀燕玲桂琴云莉兰凤洁梅琳倩雪颖婷慧莹萍红蓉欣悦瑶佳琪怡梦雨菲诗涵妍淑珍蕾薇茜岚丹菊香群碧"
MALE = "伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇浩凯健俊帆毅林峰帅志国建成海东亮永文光忠义兴良子轩博昊晨康川渝江睿泽"
FIRST = "晓小文玉志国建春秀海红永金新明德学家嘉思佳雅美世俊天云光开仁宗成宏庆远朝长正荣"
# Names that chance could make and that everybody knows.
KNOWN = {
    "王菲",
    "李娜",
    "刘洋",
    "张杰",
    "刘涛",
    "陈晓",
    "杨洋",
    "李晨",
    "黄渤",
    "王毅",
    "李强",
    "马云",
    "张燕",
    "邓超",
    "胡海泉",
    "杨幂",
    "赵薇",
    "孙俪",
    "高圆圆",
    "林丹",
    "谢霆锋",
    "王凯",
    "刘翔",
    "李健",
    "李宇春",
    "朱军",
    "李明",
    "陈丹青",
    "罗永浩",
    "任正非",
    "雷军",
    "张一鸣",
    "马化腾",
    "韩红",
    "张国立",
    "陈建斌",
    "杨澜",
    "王志文",
    "刘国梁",
}

DISTRICTS = {
    "渝中区": ("大坪正街", "长江一路", "石油路", "中山三路"),
    "江北区": ("建新东路", "红石路", "洋河路", "北城天街"),
    "渝北区": ("新牌坊一路", "龙山路", "金开大道", "双龙大道", "泰山大道"),
    "南岸区": ("南坪西路", "江南大道", "学府大道", "茶园路"),
    "沙坪坝区": ("渝碚路", "天星桥正街", "大学城中路", "凤天大道"),
    "九龙坡区": ("杨家坪正街", "石杨路", "科园一路", "谢家湾正街"),
    "大渡口区": ("春晖路", "文体路", "钢花路"),
    "巴南区": ("鱼洞大江西路", "龙洲大道", "渝南大道"),
    "北碚区": ("云清路", "碚峡路", "城南康宁路"),
    "璧山区": ("文风路", "双星大道"),
    "江津区": ("鼎山大道", "滨江大道"),
    "合川区": ("南津街", "希尔安大道"),
}
FAR = ("四川省广安市邻水县鼎屏镇", "四川省泸州市合江县", "贵州省遵义市桐梓县", "四川省达州市大竹县")
ESTATES = (
    "江与城",
    "融景花园",
    "渝水佳苑",
    "蓝湖郡",
    "锦绣山庄",
    "书香苑",
    "春风小镇",
    "滨江御景",
    "怡和苑",
    "山水华府",
)
JOBS = (
    "公司职员",
    "公司职员",
    "公司职员",
    "个体经营",
    "个体经营",
    "教师",
    "医生",
    "护士",
    "工程师",
    "工程师",
    "公务员",
    "会计",
    "销售",
    "厨师",
    "司机",
    "装修",
    "物流",
    "电商",
    "设计师",
    "自由职业",
    "退休",
)
EMPLOYERS = (
    "嘉陵机械厂",
    "两江软件园某公司",
    "第三中学",
    "区人民医院",
    "轨道交通公司",
    "山城火锅连锁",
    "渝新物流",
    "朝天门批发市场",
    "汇丰建材城",
    "西永电子厂",
    "江北区政府",
    "南坪商圈",
    "顺风快递站",
    "蓝天幼儿园",
    "巴渝建筑公司",
)
HOBBIES = (
    "自驾游",
    "钓鱼",
    "羽毛球",
    "登山",
    "篮球",
    "火锅",
    "摄影",
    "跑步",
    "带孩子",
    "麻将",
    "露营",
    "广场舞",
    "阅读",
)
FAMILIES = (
    "已婚，一儿一女",
    "已婚，一个女儿",
    "已婚，一个儿子",
    "已婚，孩子上小学",
    "单身",
    "与父母同住",
    "二孩家庭，常接送孩子",
)
SOURCES = ("自然来店", "自然来店", "车展", "网络线索", "网络线索", "老客户转介绍", "外拓", "电话咨询")
TIMES = ("上午", "下午两点后", "晚上六点后", "工作日中午", "周末", "18:00-20:00")
FIRMS = ("渝诚", "巴山", "两江", "嘉陵", "江源", "山城", "蓝海", "瑞丰", "鑫达", "众合", "恒远", "汇通")
TRADES = ("商贸有限公司", "物流有限公司", "建筑工程有限公司", "汽车租赁有限公司", "餐饮管理有限公司", "劳务有限公司")
# Not in use in mainland China: a text sent from a demo by mistake reaches nobody.
PREFIXES = ("154", "161", "163", "164", "168", "169")


class People:
    """Makes people, firms and numbers; never the same number or full name twice in a row."""

    def __init__(self, rng):
        self.rng = rng
        self._numbers = set()
        self._names = set()

    def name(self, gender):
        """A name of two or three characters, of a person that nobody knows."""
        rng = self.rng
        while True:
            surname = rng.choice(COMPOUND) if rng.random() < 0.008 else rng.choice(SURNAMES)
            letters = FEMALE if gender == "female" else MALE
            given = rng.choice(letters)
            if rng.random() < 0.68:
                given = rng.choice(FIRST if rng.random() < 0.6 else letters) + given
            name = surname + given
            if name not in KNOWN and len(set(given)) == len(given) and name not in self._names:
                self._names.add(name)
                return name

    def person(self):
        """``{"name", "gender"}``."""
        gender = self.rng.choices(("male", "female"), (58, 42))[0]
        return {"name": self.name(gender), "gender": gender}

    def firm(self):
        """The name of a company that buys several cars."""
        while True:
            name = "重庆" + self.rng.choice(FIRMS) + self.rng.choice(TRADES)
            if name not in self._names:
                self._names.add(name)
                return name

    def mobile(self):
        """A mobile number in E.164 that no operator has given out."""
        return self._unused(lambda: f"+86{self.rng.choice(PREFIXES)}{self.rng.randrange(10**8):08d}")

    def landline(self):
        """A number of Chongqing's area code."""
        return self._unused(lambda: f"+862368{self.rng.randrange(10**6):06d}")

    def _unused(self, make):
        number = make()
        while number in self._numbers:
            number = make()
        self._numbers.add(number)
        return number

    def address(self):
        """``(city, street)``; one in fifteen lives outside the city."""
        rng = self.rng
        if rng.random() < 0.07:
            return "", f"{rng.choice(FAR)}{rng.randrange(1, 90)}号"
        district = rng.choice(list(DISTRICTS))
        street = rng.choice(DISTRICTS[district])
        flat = f"{rng.randrange(1, 15)}栋{rng.randrange(1, 33)}-{rng.randrange(1, 8)}"
        return f"重庆市{district}", f"{street}{rng.randrange(1, 400)}号{rng.choice(ESTATES)}{flat}"

    def birthday(self, today):
        """Drivers are mostly between 25 and 55."""
        age = min(74, max(20, int(self.rng.gauss(38, 10))))
        return today - timedelta(days=age * 365 + self.rng.randrange(365))
