"""No provider: texts are written down, for a person to send or for trying things out."""

from .base import Adapter, Answer


class RecordOnly(Adapter):
    batch = 1000
    can_ask = True

    def send(self, messages):
        return {message.reference: Answer("accepted", code="recorded") for message in messages}

    def ask(self, reference, number, day):
        return Answer("later", code="not_received", wait=0)
