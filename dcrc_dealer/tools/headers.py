"""Which list this is, where its header stands, and what each column means.

How to use::

    layout = recognise(first_rows, saved={"sales": {"购车人": "name"}})
    layout.kind, layout.line, layout.fields, layout.missing

``first_rows`` are the first ten ``(line, [text, …])`` of a `tabular.Table`. What a
dealer has put right once (``saved``: kind -> {header key: field or ""}) goes before
the usual names below; "" says that a column is of no use.
"""

import re
from dataclasses import dataclass, field

from .cells import day_of, fold, is_empty, parse_date
from .phone import read_phones
from .plate import check_plate
from .vin import check_vin

HEADER_ROWS = 10
LEAST_COLUMNS = 3  # fewer known names in a line are chance, not a header

# The usual names, the surest first: of two columns that could be one field the surer gets it.
ALIASES = {
    "sales": {
        "order_no": "销售单号 订单号 销售订单号 订单编号 销售编号 交车单号 合同号 合同编号 单号"
        " order_no order_number order contract_no"
        " 销售订单编号 销售合同号 交车单编号 提车单号 订单 合同编码",
        "name": "客户名称 客户姓名 车主姓名 车主名称 车主 购车人 购车客户 买方 姓名 客户"
        " customer_name customer buyer owner name"
        " 客户名 购车人姓名 购车人名称 车主信息 客户全称 买主 购车单位 单位名称 用户姓名 用户名称",
        "gender": "性别 客户性别 gender sex",
        "phone": "手机号码 手机号 手机 移动电话 客户手机 车主手机 联系手机 联系电话 客户电话 电话"
        " mobile mobile_phone cell_phone phone telephone"
        " 联系人手机 联系人电话 联系人手机号 车主手机号 车主电话 购车人手机 购车人电话 客户手机号"
        " 客户手机号码 移动电话号码 联系方式 电话号码 手机1 电话1 联系电话1 用户电话 用户手机",
        "landline": "固定电话 固话 座机 家庭电话 住宅电话 办公电话 landline home_phone fixed_line"
        " 座机号码 家庭固话 电话2 联系电话2 备用电话",
        "birth_date": "出生日期 生日 出生年月日 出生年月 birth_date birthday date_of_birth 客户生日 车主生日",
        "email": "电子邮箱 邮箱 电子邮件 email e_mail mail",
        "address": "联系地址 客户地址 地址 家庭地址 住址 通讯地址 address 客户住址 详细地址 车主地址 现住址 住址信息",
        "model_code": "车型代码 车型编码 车型码 产品代码 model_code",
        "model_name": "车型名称 车型 车系车型 产品名称 车辆型号 model_name model"
        " 车型描述 车型全称 车型名 车款 车辆名称 车系 品牌车型",
        "color": "颜色 车身颜色 外观颜色 外饰颜色 color colour 车色 外色 外观色",
        "vin": "vin vin码 vin号 车架号 车架号码 车架 车辆识别代号 车辆识别码 底盘号 chassis_no chassis_number"
        " vin号码 车辆vin 车辆识别号 车辆识别代码 大架号 底盘号码 车辆vin码",
        "engine_number": "发动机号 发动机号码 电机号 引擎号 engine_no engine_number",
        "plate": "车牌号 车牌号码 车牌 牌照号 号牌号码 license_plate plate_no plate"
        " 牌照 车牌照号 牌照号码 车辆牌照 号牌 车号 车牌照",
        "invoice_date": "开票日期 发票日期 开票时间 销售日期 invoice_date sales_date",
        "date": "交车日期 交车时间 提车日期 交付日期 交付日 交车日 交付时间 实际交车日期"
        " delivery_date handover_date delivered_on"
        " 交车完成日期 提车时间 交付完成日期 出库日期 实际交付日期 实销日期 交车",
        "consultant": "销售顾问 销售人员 销售员 业务员 consultant sales_consultant salesperson"
        " 顾问 销售 销售专员 接待 接待顾问 销售经理",
        "insurer": "保险公司 承保公司 投保公司 insurer insurance_company",
        "insurance_end": "保险到期日 保险到期日期 保险止期 保险终止日期 保险到期 insurance_end insurance_expiry",
        "status": "订单状态 单据状态 状态 销售状态 交车状态 结算状态 status order_status",
        "reverses": "原单号 原订单号 原销售单号 红冲单号 reverses original_order",
        "amount_total": "成交价 成交金额 开票金额 总金额 合计金额 price amount_total",
        "source": "客户来源 来源 信息来源 渠道 source customer_source 来源渠道 线索来源",
    },
    "service": {
        "order_no": "工单号 维修工单号 维修单号 工单编号 结算单号 委托书号 派工单号 单号"
        " ro_no repair_order order_no order_number ro_number work_order"
        " 工单 维修工单 结算单编号 委托单号 维修单编号 施工单号 任务单号 工作单号 r/o号 ro号 维修委托书号",
        "kind": "维修类型 维修类别 业务类型 工单类型 服务类型 维修性质 修理类别 service_type repair_type kind type"
        " 维修种类 维修分类 业务类别 工单类别 工单性质 作业类型 作业类别 服务类别 修理性质 类型",
        "vin": "vin vin码 vin号 车架号 车架号码 车架 车辆识别代号 车辆识别码 底盘号 chassis_no chassis_number"
        " vin号码 车辆vin 车辆识别号 车辆识别代码 大架号 底盘号码 车辆vin码",
        "plate": "车牌号 车牌号码 车牌 牌照号 号牌号码 license_plate plate_no plate"
        " 牌照 车牌照号 牌照号码 车辆牌照 号牌 车号 车牌照",
        "model_name": "车型名称 车型 车系车型 车辆型号 model_name model"
        " 车型描述 车型全称 车型名 车款 车系 车辆名称 品牌车型",
        "model_code": "车型代码 车型编码 model_code",
        "date_in": "进厂时间 进厂日期 来厂时间 接车时间 入厂时间 开单时间 开单日期 送修时间 送修日期 登记时间"
        " date_in time_in check_in arrival opened_on"
        " 进店时间 进店日期 到店时间 到店日期 开单 接车日期 来店时间 来店日期 入场时间 入场日期 工单日期"
        " 委托日期 派工时间",
        "date_out": "交车时间 出厂时间 出厂日期 交车日期 离厂时间 完工时间 竣工时间 结算时间 结算日期"
        " date_out time_out check_out completed closed_on"
        " 离店时间 离店日期 出场时间 出场日期 结单时间 竣工日期 完工日期 交付时间 实际交车时间",
        "mileage": "行驶里程 里程 里程数 进厂里程 公里数 当前里程 行驶公里 mileage odometer km"
        " 里程表读数 进店里程 表显里程 当前公里数 出厂里程 本次里程 里程(km) 行驶里程数",
        "adviser": "服务顾问 业务接待 接待员 接车人员 service_adviser service_advisor adviser advisor"
        " 接待 接待顾问 接待人 业务员 sa 服务专员 维修接待 前台接待",
        "technician": "主修技师 维修技师 主修人 技师 主修 维修工 technician mechanic"
        " 技师姓名 主修人员 施工人员 作业技师 班组",
        "name": "送修人 送修人姓名 报修人 联系人 客户名称 客户姓名 客户 车主姓名 车主"
        " brought_by contact customer_name customer name"
        " 送修人名称 来店人 送车人 联系人姓名 客户名 车主名称 用户姓名",
        "phone": "送修人电话 送修人手机 送修电话 送修人联系电话 联系人电话 联系电话 手机号码 手机号 手机 客户电话 电话"
        " contact_phone mobile phone telephone"
        " 联系人手机 联系人手机号 送修人手机号 送车人电话 来店人电话 车主电话 车主手机 车主手机号 客户手机"
        " 客户手机号 移动电话 联系方式 电话号码 联系电话1 用户电话",
        "work": "维修项目 维修内容 作业项目 作业内容 项目 故障描述 work work_items jobs description"
        " 维修项目名称 项目名称 作业明细 维修明细 服务项目 施工项目 工项 维修描述 客户描述",
        "labour_amount": "工时费 工时金额 人工费 工时费用 labour labor labour_amount labor_amount"
        " 工时合计 工时总额 工时费合计",
        "parts_amount": "材料费 配件费 零件费 材料金额 配件金额 parts parts_amount"
        " 配件合计 备件费 备件金额 材料合计 零件金额",
        "amount_total": "总金额 合计金额 结算金额 应收金额 总费用 金额 total amount amount_total total_amount"
        " 结算总额 实收金额 应收合计 费用合计 总计金额 合计",
        "status": "工单状态 结算状态 单据状态 订单状态 维修状态 状态 status order_status",
        "reverses": "原单号 原工单号 原结算单号 红冲单号 reverses original_order",
        "booked": "是否预约 预约 预约标志 是否预约进厂 booked appointment 是否预约客户 预约工单",
    },
}
# Each entry: one of these fields must have a column.
REQUIRED = {
    "sales": (("order_no",), ("name",), ("phone",), ("vin",), ("date",)),
    "service": (("order_no",), ("kind",), ("vin", "plate"), ("date_in",)),
}
# What the centre can do little without: told before anything goes in.
IMPORTANT = {"sales": ("phone", "plate"), "service": ("phone", "name", "plate", "date_out")}
# A column without a name that is known says by its cells what it is.
BY_CONTENT = {
    "vin": lambda text: check_vin(text)[1] in (None, "vin_check_digit"),
    "plate": lambda text: not check_plate(text)[2],
    "phone": lambda text: any(one.kind == "mobile" for one in read_phones(text).numbers),
    "day": lambda text: bool(day_of(text)) and not parse_date(text)[1],
}
DAY_COLUMN = {"sales": "date", "service": "date_in"}
LEAST_CELLS = 3  # that say something
SHARE = 0.8  # of them alike
NOISE = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|[\s*:_\-/#.'\"、。]")


def header_key(text):
    """Return what spellings of one column name have in common."""
    key = NOISE.sub("", fold(text).casefold())
    return key or fold(text).casefold().replace(" ", "")


def _ranked(aliases):
    return {
        header_key(alias): (name, rank)
        for name, words in aliases.items()
        for rank, alias in reversed(list(enumerate(words.split())))
    }


KNOWN = {kind: _ranked(aliases) for kind, aliases in ALIASES.items()}


@dataclass
class Layout:
    """A recognised header: its ``line`` in the file, ``headers`` and their ``fields`` ("" = none)."""

    kind: str
    line: int
    headers: list
    fields: list
    missing: list = field(default_factory=list)
    by_content: list = field(default_factory=list)  # places of columns known by their cells alone

    @property
    def found(self):
        """The fields that have a column."""
        return {name for name in self.fields if name}

    @property
    def score(self):
        required = len(REQUIRED[self.kind]) - len(self.missing)
        return (required + len(self.found), required)


def recognise(first_rows, saved=None, kind=None):
    """Return the best `Layout` among the first rows, or None when no line is a header.

    With a given ``kind`` the widest line stands in for a header that nobody
    recognises, so that a person can say what its columns mean.
    """
    kinds = [kind] if kind else list(ALIASES)
    layouts = [
        match_header(name, line, cells, (saved or {}).get(name))
        for line, cells in first_rows[:HEADER_ROWS]
        for name in kinds
    ]
    known = [layout for layout in layouts if len(layout.found) >= LEAST_COLUMNS]
    if kind and not known:
        return max(layouts, key=lambda layout: sum(map(bool, layout.headers)), default=None)
    # max keeps the first of equals: a header said twice is meant the first time
    return max(known, key=lambda layout: layout.score, default=None)


def match_header(kind, line, cells, saved=None):
    """Return the `Layout` of one line read as a header of ``kind``."""
    saved = saved or {}
    claims = {}
    for place, text in enumerate(cells):
        key = header_key(text)
        name, rank = (saved[key], -1) if key in saved else KNOWN[kind].get(key, ("", 0))
        if name and (name not in claims or rank < claims[name][0]):
            claims[name] = (rank, place)
    fields = [""] * len(cells)
    for name, (_rank, place) in claims.items():
        fields[place] = name
    return Layout(kind, line, list(cells), fields, missing_columns(kind, fields))


def complete_by_content(layout, rows, saved=None):
    """Give fields that have no column the one column whose cells tell it (plates, VINs, phones, days).

    ``rows`` are cells of lines below the headings; ``saved`` columns that a person
    called useless stay so.
    """
    wanted = {name: name for name in ("vin", "plate", "phone")} | {"day": DAY_COLUMN[layout.kind]}
    free = [
        place
        for place, header in enumerate(layout.headers)
        if not layout.fields[place] and header_key(header) not in (saved or {})
    ]
    for what, name in wanted.items():
        alike = [place for place in free if name not in layout.found and tells(what, place, rows)]
        if len(alike) == 1:
            layout.fields[alike[0]] = name
            layout.by_content.append(alike[0])
            free.remove(alike[0])
    layout.missing = missing_columns(layout.kind, layout.fields)


def tells(what, place, rows, least=LEAST_CELLS):
    """Whether nearly all cells of a column are of one kind."""
    texts = [cells[place] for cells in rows if place < len(cells) and not is_empty(cells[place])]
    return len(texts) >= least and sum(map(BY_CONTENT[what], texts)) >= SHARE * len(texts)


def important_missing(layout):
    """Return the fields without a column that are to be told of before an import."""
    return [name for name in IMPORTANT[layout.kind] if name not in layout.found]


def missing_columns(kind, fields):
    """Return the required fields that have no column (the first of each choice)."""
    return [choice[0] for choice in REQUIRED[kind] if not set(choice) & set(fields)]


def is_header_again(layout, cells):
    """Whether a line repeats the header, in the same words or in others for the same columns."""
    texts = [(name, text) for name, text in zip(layout.fields, cells, strict=False) if name]
    known, same = KNOWN[layout.kind], 0
    for place, (name, text) in enumerate(texts):
        if (place - same) * 2 >= len(texts):
            return False  # as all but a line or two of a list
        same += bool(text) and known.get(header_key(text), ("",))[0] == name
    return same >= LEAST_COLUMNS and same * 2 > len(texts)


def is_total_line(cells):
    """Whether a line sums up the list (合计 …) instead of telling of a car."""
    first = next(filter(None, cells), "")
    return header_key(first) in {"合计", "总计", "小计", "共计", "total", "sum", "grandtotal"}
