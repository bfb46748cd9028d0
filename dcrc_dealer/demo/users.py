"""Dealers and their people: one user for each role, password = login."""

from typing import NamedTuple

from odoo.fields import Command

GROUPS = {
    "specialist": "dcrc_dealer.group_dcrc_user",
    "manager": "dcrc_dealer.group_dcrc_manager",
    "service": "dcrc_dealer.group_dcrc_department",
    "sales": "dcrc_dealer.group_dcrc_department",
    "director": "dcrc_dealer.group_dcrc_director",
    "auditor": "dcrc_dealer.group_dcrc_auditor",
}
# what each role sees after login
HOME = {
    "specialist": "dcrc_dealer.console_today_action",
    "manager": "dcrc_dealer.console_today_action",
    "service": "dcrc_dealer.appointment_board_action",
    "sales": "dcrc_dealer.correction_action",
    "director": "dcrc_dealer.complaint_action",
    "auditor": "dcrc_dealer.return_report_action",
}
# role, login, name
TEAMS = (
    (
        ("specialist", "zhuanyuan1", "陈晓玲"),
        ("specialist", "zhuanyuan2", "李思雨"),
        ("manager", "jingli", "周敏华"),
        ("service", "shouhou", "谭志刚"),
        ("sales", "xiaoshou", "何俊宇"),
        ("director", "zongjingli", "冯建波"),
    ),
    (
        ("specialist", "zhuanyuan3", "罗婷婷"),
        ("specialist", "zhuanyuan4", "邓佳欣"),
        ("manager", "jingli2", "唐慧琳"),
        ("service", "shouhou2", "彭永强"),
        ("sales", "xiaoshou2", "蒋宇航"),
        ("director", "zongjingli2", "袁学文"),
    ),
)
AUDITOR = ("auditor", "zongbu", "宋雅琴")
DEALERS = (
    {
        "name": "重庆渝州长安4S店",
        "street": "金开大道1188号",
        "city": "重庆市渝北区",
        "zip": "401122",
        "phone": "+862368110001",
        "email": "dcrc@yuzhou.example",
    },
    {
        "name": "重庆巴江长安4S店",
        "street": "渝南大道266号",
        "city": "重庆市巴南区",
        "zip": "401320",
        "phone": "+862368220002",
        "email": "dcrc@bajiang.example",
    },
)
TIME_ZONE, LANGUAGE = "Asia/Shanghai", "zh_CN"


class Person(NamedTuple):
    """A row of what `build` returns."""

    role: str
    login: str
    password: str
    dealer: str


def ensure_dealers(env):
    """Make the main company the first dealer and open the second; return both."""
    china = env.ref("base.cn")
    yuan = env.ref("base.CNY")
    yuan.active = True
    main = env.ref("base.main_company")
    common = {"country_id": china.id, "currency_id": yuan.id, "dcrc_tz": TIME_ZONE}
    if "iap_enrich_auto_done" in main._fields:
        common["iap_enrich_auto_done"] = True  # nobody knows these dealers: don't ask the network
    main.write({**DEALERS[0], **common})
    without_mail = {key: value for key, value in DEALERS[1].items() if key != "email"}
    second = env["res.company"].create({**without_mail, **common})
    second.write({"email": DEALERS[1]["email"], **common})
    dealers = main | second
    dealers._dcrc_open_centre()
    dealers.partner_id.write({"lang": LANGUAGE, "tz": TIME_ZONE})
    return dealers


def create_people(env, dealers):
    """Create the users of both dealers; return ``({company: {role: users}}, rows)``."""
    found, rows = {}, []
    for company, team in zip(dealers, TEAMS, strict=True):
        found[company] = {}
        for role, login, name in team:
            user = _create_user(env, role, login, name, company)
            found[company][role] = found[company].get(role, env["res.users"]) | user
            rows.append(Person(role, login, login, company.name))
    role, login, name = AUDITOR
    _create_user(env, role, login, name, dealers)
    rows.append(Person(role, login, login, "、".join(dealers.mapped("name"))))
    admin = env.ref("base.user_admin")
    admin.write({"tz": TIME_ZONE, "company_ids": [Command.link(c.id) for c in dealers]})
    for company in dealers:
        _name_departments(env, company, found[company])
    return found, rows


def _create_user(env, role, login, name, companies):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": name,
                "login": login,
                "password": login,
                "email": f"{login}@dealer.example",
                "lang": LANGUAGE,
                "tz": TIME_ZONE,
                "company_id": companies[:1].id,
                "company_ids": [Command.set(companies.ids)],
                "group_ids": [Command.set(env.ref(GROUPS[role]).ids)],
                "action_id": env.ref(HOME[role]).id,
                "notification_type": "inbox",
            }
        )
    )


def name_brand(env, dealers, brand):
    """Models that only a list names belong to the dealers' brand."""
    dealers.write({"dcrc_dms_brand_id": brand.id})


def _name_departments(env, company, people):
    Department = env["dcrc.department"]
    for kind in ("service", "sales"):
        department = Department._get_for(kind, company)
        department.write({"responsible_id": people[kind].id, "member_ids": [Command.set(people[kind].ids)]})
    Department._get_for("centre", company).responsible_id = people["manager"].id
