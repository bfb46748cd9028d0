"""Models, VINs and plates as a Changan dealer in Chongqing sees them.

How to use::

    >>> check_vin(make_vin("A", 2025, 12))[1] is None
    True
"""

from ..tools.vin import check_digit

# name, code as the DMS writes it, fuel, share of sales
MODELS = (
    ("CS75PLUS 1.5T 尊贵型", "SC7151", "gasoline", 22),
    ("CS55PLUS 1.5T 豪华型", "SC7155", "gasoline", 12),
    ("CS35PLUS 1.4T 豪华型", "SC7164", "gasoline", 12),
    ("逸动PLUS 1.4T 精英型", "SC7149", "gasoline", 14),
    ("UNI-V 1.5T 领航版", "SC7150", "gasoline", 8),
    ("UNI-K 2.0T 卓越型", "SC6451", "gasoline", 6),
    ("欧尚X7PLUS 1.5T", "SC1031", "gasoline", 6),
    ("UNI-Z 1.5L 插混领先型", "SC7152PHEV", "plug_in_hybrid_gasoline", 6),
    ("启源A07 增程真享型", "SC7003SHEV", "plug_in_hybrid_gasoline", 4),
    ("深蓝S7 纯电520Max", "SC7001BEV", "electric", 6),
    ("Lumin 301km 香草款", "SC7002BEV", "electric", 4),
)
COLOURS = ("雪域白", "雪域白", "曜石黑", "曜石黑", "星河灰", "流光银", "烈焰红", "幻彩蓝", "竹影青")
INSURERS = ("人保财险", "人保财险", "平安产险", "平安产险", "太平洋产险", "中华联合", "国寿财险", "阳光产险")
LETTERS = "ABBBADNCFGH"
OTHER_REGIONS = ("川A", "川X", "川E", "川S", "贵A", "贵C", "川A", "川X", "鄂A", "云A")
SIGNS = "0123456789012345678901234567890123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def year_sign(year):
    """The VIN's sign for a model year: 30 signs, then again from the first."""
    signs = "ABCDEFGHJKLMNPRSTVWXY123456789"
    return signs[(year - 2010) % 30]


def make_vin(plant, year, number):
    """A VIN with the right check digit; `number` below 10**6 makes it unique for plant and year."""
    body = f"LS5A2{'ABCDE'[number % 5]}{'BDRN'[number % 4]}E0{year_sign(year)}{plant}{number:06d}"
    return body[:8] + check_digit(body) + body[9:]


def make_plate(rng, electric, taken, other_region=False):
    """An ordinary plate, or one of eight signs for new-energy cars; never one of `taken`."""
    while True:
        region = rng.choice(OTHER_REGIONS) if other_region else f"渝{rng.choice(LETTERS)}"
        if electric:
            plate = f"{region}{'D' if electric == 'electric' else 'F'}{rng.randrange(10**5):05d}"
        else:
            plate = f"{region}{''.join(rng.choice(SIGNS) for _sign in range(5))}"
        if plate not in taken:
            taken.add(plate)
            return plate


def engine_number(rng, fuel):
    """As the nameplate shows it."""
    if fuel == "electric":
        return f"XTDM{rng.randrange(10**9):09d}"
    return f"{rng.choice(('JL476ZQCF', 'JL486ZQ5', 'JL473ZQ3'))}{rng.randrange(10**7):07d}"


def ensure_models(env):
    """Create what is missing of `MODELS`; return the records in their order."""
    Brand, Model = env["fleet.vehicle.model.brand"], env["fleet.vehicle.model"]
    brand = Brand.search([("name", "=", "长安")], limit=1) or Brand.create({"name": "长安"})
    found = {m.dcrc_code: m for m in Model.search([("brand_id", "=", brand.id)])}
    vals_list = [
        {
            "name": name,
            "dcrc_code": code,
            "brand_id": brand.id,
            "vehicle_type": "car",
            "default_fuel_type": fuel,
            "dcrc_energy": "combustion" if fuel == "gasoline" else "new_energy",
        }
        for name, code, fuel, _share in MODELS
        if code not in found
    ]
    found |= {model.dcrc_code: model for model in Model.create(vals_list)}
    return [found[code] for _name, code, _fuel, _share in MODELS]
