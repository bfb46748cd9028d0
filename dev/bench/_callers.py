"""Specialists at work over HTTP, each in a thread: Today, next, typing, save, again and again."""

import http.client
import itertools
import json
import random
import threading
import time

STEPS = ("today", "next", "draft", "save")
PATIENCE = 60  # seconds for one answer


class Caller(threading.Thread):
    """One specialist with one session, who takes a while between two clicks.

    ``times`` [(step, seconds)], ``saved`` [contact], ``errors`` [text] tell what happened.
    """

    def __init__(self, number, port, session, company_id, pause, end):
        super().__init__(daemon=True)
        self.number, self.port, self.session, self.company_id = number, port, session, company_id
        self.pause, self.end = pause, end
        self.chance = random.Random(number)
        self.times, self.claimed, self.saved, self.errors = [], [], [], []

    def run(self):
        """Call until the time is over or nobody is left to be called."""
        time.sleep(self.chance.random() * self.pause * len(STEPS))
        while time.monotonic() < self.end and not self.errors:
            try:
                if not self._call_once():
                    break
            except (OSError, http.client.HTTPException, AssertionError, KeyError, StopIteration) as error:
                self.errors.append(f"{type(error).__name__}: {error}")

    def _call_once(self):
        today = self._step("today", "get_today")
        contact = self._step("next", "claim_next")
        if not contact:
            self.errors.append(f"nobody is left to be called; Today says {today['progress']}")
            return False
        self.claimed.append(contact)
        screen = self._step("next", "open_contact", contact, rest=True)
        for text in ("客户", "客户满意"):
            self._step("draft", "save_draft", screen["call_id"], {"remark": text})
        self._step("save", "finish_call", screen["call_id"], answers(screen), False)
        self.saved.append(contact)
        return True

    def _step(self, step, method, *args, rest=False):
        """Ask the server; a second question of the same click follows at once."""
        if not rest:
            time.sleep(self.chance.uniform(0.5, 1.5) * self.pause)
        start = time.perf_counter()
        result = self._ask(method, args)
        self.times.append((step, time.perf_counter() - start))
        return result

    def _ask(self, method, args):
        params = {
            "model": "dcrc.console",
            "method": method,
            "args": args,
            "kwargs": {"context": {"allowed_company_ids": [self.company_id], "lang": "zh_CN"}},
        }
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1})
        headers = {"Content-Type": "application/json", "Cookie": f"session_id={self.session}"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/web/dataset/call_kw/dcrc.console/{method}", body, headers)
            answer = connection.getresponse()
            read = json.loads(answer.read())
        finally:
            connection.close()
        if "error" in read:
            raise AssertionError(f"{method}: {read['error'].get('data', read['error']).get('message')}")
        return read["result"]


def answers(screen):
    """What a satisfied customer answers."""
    outcome = next(o["id"] for o in screen["outcomes"] if o["effective"])
    given = {
        str(followup["id"]): {
            str(question["id"]): {"answer_id": question["answers"][0]["id"]}
            for question in followup["questions"]
            if question["type"] == "level"
        }
        for followup in screen["followups"]
    }
    return {"outcome_id": outcome, "phone_id": screen["partner"]["phones"][0]["id"], "answers": given}


def work(ports, sessions, company_id, seconds, pause):
    """Let as many specialists as there are sessions work for some seconds; return them."""
    end = time.monotonic() + seconds
    turns = itertools.cycle(ports)
    callers = [Caller(number, next(turns), session, company_id, pause, end) for number, session in enumerate(sessions)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join(seconds + PATIENCE * len(STEPS))
    return callers
