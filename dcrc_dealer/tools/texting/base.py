"""What all providers have in common."""

from dataclasses import dataclass, field

NEXT_DAY = -1.0  # to wait: until texts may go out on the next day


@dataclass(frozen=True)
class Settings:
    """How a dealer reaches its provider. Secrets never appear in `repr`."""

    endpoint: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)
    app: str = ""
    region: str = ""
    timeout: float = 15.0  # seconds
    allowed: tuple = ()  # hosts inside the house that the administrator allows (see `net`)


@dataclass(frozen=True)
class Message:
    """One text to one number (E.164). `reference` is ours, and unguessable."""

    reference: str
    number: str
    body: str
    signature: str = ""
    template: str = ""  # the template's id as the provider approved it
    params: tuple = ()  # ((name, value), …) in the template's order


@dataclass(frozen=True)
class Answer:
    """What the provider said.

    ``state``: ``accepted`` (it has the message), ``refused`` (it will not send it),
    ``later`` (it certainly has not got it: try again), ``unknown`` (nobody can say
    whether it has; never sent again blindly), ``delivered`` or ``failed`` (from `ask`).

    ``whole``: the trouble is the provider's or the account's, not this message's;
    nothing more is worth trying for a while.
    """

    state: str
    provider_reference: str = ""
    code: str = ""
    text: str = ""
    wait: float = 60.0  # seconds before trying again, when "later"; or NEXT_DAY
    whole: bool = False


class Adapter:
    """Base of the providers."""

    batch = 100
    can_ask = False
    package = ""  # what has to be installed for it
    longest_value = 0  # characters of a template's field; 0: no limit

    def __init__(self, settings):
        self.settings = settings

    def send(self, messages):
        """Return ``{reference: Answer}`` for every message; never raises."""
        raise NotImplementedError

    def ask(self, reference, number, day):
        """Return an Answer on a message sent on `day`, None when the provider knows nothing."""
        return None


class OneByOne(Adapter):
    """A provider that takes one message at a time: in trouble the rest is not tried."""

    batch = 20

    def send(self, messages):
        answers = {}
        try:
            client = self._client()
        except ImportError:
            trouble = Answer("later", code="no_sdk", text=self.package, wait=3600, whole=True)
        except Exception as error:  # a setting that the SDK can't even read
            trouble = Answer("later", code="settings", text=str(error)[:200], wait=600, whole=True)
        else:
            trouble = None
        for message in messages:
            if trouble:
                answers[message.reference] = trouble
                continue
            answer = answers[message.reference] = self._send_one(client, message)
            if answer.whole:
                trouble = Answer("later", code=answer.code, text=answer.text, wait=answer.wait, whole=True)
        return answers

    def _client(self):
        raise NotImplementedError

    def _send_one(self, client, message):
        raise NotImplementedError


def national(number):
    """A number as Chinese providers want it: 11 digits for mobiles at home, else with +."""
    return number[3:] if number.startswith("+86") else number
