"""Text message providers behind one small adapter.

How to use::

    adapter = make_adapter("http", Settings(endpoint="http://127.0.0.1:8080/send", secret="…"))
    answers = adapter.send([Message(reference="…", number="+8613800138000", body="…")])
    answers["…"].state  # "accepted", "refused", "later" or "unknown"

A new provider is a class with `send` and, where the provider can tell what
became of a message, `ask`; it is named in `ADAPTERS`.
"""

from .aliyun import Aliyun
from .base import NEXT_DAY, Answer, Message, Settings
from .callbacks import read_incoming, read_reports
from .http_gateway import HttpGateway
from .odoo_api import OdooApi
from .record_only import RecordOnly
from .tencent import Tencent

ADAPTERS = {"aliyun": Aliyun, "http": HttpGateway, "record": RecordOnly, "tencent": Tencent}

__all__ = [
    "ADAPTERS",
    "NEXT_DAY",
    "Answer",
    "Message",
    "OdooApi",
    "Settings",
    "make_adapter",
    "read_incoming",
    "read_reports",
]


def make_adapter(provider, settings):
    """Return the adapter of a provider; KeyError when there is none."""
    return ADAPTERS[provider](settings)
