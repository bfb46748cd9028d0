"""The main screens: what `./dcrc shots` takes pictures of when it isn't told otherwise.

Each is (name, role, url, (width, height), selector to wait for, actions); roles are those that
the demo data returns. Actions are pairs, see `dev.chrome`.
"""

DESKTOP, TABLET, PHONE = (1280, 800), (1024, 768), (390, 844)

SHOTS = [
    ("apps", "admin", "/odoo/apps", DESKTOP, ".o_kanban_view", []),
]
