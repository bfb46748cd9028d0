"""What an exception of a provider's SDK means: not sent for sure, refused, or nobody knows."""

import re

from .base import NEXT_DAY, Answer

THROTTLED = ("Throttling", "RequestLimitExceeded", "LimitExceeded")
# The account itself is not right: every message would fail alike.
ACCOUNT = (
    "InvalidAccessKeyId",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "Forbidden",
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.ACCOUNT",
    "isv.OUT_OF_SERVICE",
    "AuthFailure",
    "UnauthorizedOperation",
    "FailedOperation.Insufficient",
    "InvalidCredentials",
    "MissingAccessKey",
)
# The provider takes no more today: from this account, or for this number.
DAILY = (
    "isv.DAY_LIMIT_CONTROL",
    "isv.MONTH_LIMIT_CONTROL",
    "LimitExceeded.AppGlobalDailyLimit",
    "LimitExceeded.DailyLimit",
    "LimitExceeded.AppMainlandChinaDailyLimit",
)
DAILY_NUMBER = ("LimitExceeded.PhoneNumberDailyLimit", "LimitExceeded.PhoneNumberSameContentDailyLimit")
DAILY_WORDS = re.compile(r"天级|日级|每日|per day|daily", re.I)
NOT_SENT = (
    "NewConnectionError",
    "Connection refused",
    "Name or service not known",
    "ConnectTimeout",
    "NameResolutionError",
    "Temporary failure in name resolution",
    "No address associated",
)


def read_error(error):
    """Return the Answer that an exception stands for."""
    code = str(getattr(error, "code", "") or "")
    text = str(getattr(error, "message", "") or error)[:200]
    chain = f"{type(error).__name__} {error} {error.__context__!r} {getattr(error, 'inner_exception', '')!r}"
    if is_account(code):
        return Answer("later", code=code, text=text, wait=600, whole=True)
    if limit := read_limit(code, text):
        return limit
    if code.startswith(THROTTLED):
        return Answer("later", code=code, text=text, whole=True)
    if any(sign in chain for sign in NOT_SENT):
        return Answer("later", code="no_connection", whole=True)
    status = getattr(error, "status_code", None) or 0
    if code and 400 <= status < 500:
        return Answer("refused", code=code, text=text)
    return Answer("unknown", code=code or type(error).__name__, text=text, whole=True)


def read_limit(code, text=""):
    """The Answer where a day's limit is used up, else None: what waits goes on the next day."""
    code = str(code or "")
    if code.startswith(DAILY):
        return Answer("later", code=code, text=text, wait=NEXT_DAY, whole=True)
    if code.startswith(DAILY_NUMBER) or code == "isv.BUSINESS_LIMIT_CONTROL" and DAILY_WORDS.search(text or ""):
        return Answer("later", code=code, text=text, wait=NEXT_DAY)
    return None


def is_account(code):
    """Does the code say that the account, not the message, is at fault?"""
    return str(code).startswith(ACCOUNT)
