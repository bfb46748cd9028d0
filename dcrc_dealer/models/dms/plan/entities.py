"""Customers, cars and orders as a plan knows them: a record, or one to be."""


class Entity:
    """``values`` as the record holds them (empty ones left out), ``changes`` to be written."""

    __slots__ = ("record_id", "values", "changes", "edits")
    model = ""

    def __init__(self, record_id=None, values=None, edits=None):
        self.record_id = record_id
        self.values = values or {}
        self.changes = {}
        self.edits = edits or {}

    def get(self, name):
        """The value as it will be, None when empty."""
        return self.changes[name] if name in self.changes else self.values.get(name)

    def put(self, name, value):
        """Change a value when the plan is written."""
        self.changes[name] = value


class Person(Entity):
    """A customer with the numbers the dealer has (E.164, whatever their state)."""

    __slots__ = ("key", "other_keys", "phones", "new_phones")
    model = "res.partner"

    def __init__(self, key, record_id=None, values=None, edits=None):
        super().__init__(record_id, values, edits)
        self.key = key
        self.other_keys = frozenset()  # of names that were merged into this one
        self.phones = set()
        self.new_phones = []  # (number, role, extension, goes before the known ones, who proposes it)

    def is_called(self, key):
        """Whether a name is this person's, or was before a merge."""
        return key == self.key or key in self.other_keys

    @property
    def has_mobile(self):
        """Whether a mobile number stands in the file."""
        return any(number.startswith("+861") for number in self.phones)


class Car(Entity):
    """A customer's car with its owner and users."""

    __slots__ = (
        "owner",
        "owner_since",
        "owner_by_hand",
        "users",
        "main_user",
        "new_owner",
        "new_users",
        "seen_at",
        "why",
    )
    model = "fleet.vehicle"

    def __init__(self, record_id=None, values=None, edits=None):
        super().__init__(record_id, values, edits)
        self.owner = None
        self.owner_since = None
        self.owner_by_hand = None  # the day a person of the center said who owns it
        self.users = []
        self.main_user = None
        self.new_owner = None  # day
        self.new_users = []  # (person, day)
        self.seen_at = None  # the newest event known: older news don't overwrite
        self.why = None  # what an ownership changed for, where it was no sale

    def knows(self):
        """Owner and users, the owner first."""
        return ([self.owner] if self.owner else []) + self.users


class Paper(Entity):
    """A delivery or a service visit."""

    __slots__ = ("car", "person")

    def __init__(self, record_id=None, values=None):
        super().__init__(record_id, values)
        self.car = None
        self.person = None
