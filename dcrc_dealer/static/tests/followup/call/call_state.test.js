import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { allowTranslations } from "@web/../tests/web_test_helpers";
import { agreedAppointments, noteAppointment } from "@dcrc_dealer/followup/call/call_appointments";
import { CallState } from "@dcrc_dealer/followup/call/call_state";
import { findProblems, finishValues } from "@dcrc_dealer/followup/call/call_values";
import { makeFollowup, makePayload, makeQuestion } from "../console_fixtures";

describe.current.tags("headless");
beforeEach(allowTranslations);

function makeCall(payload = makePayload(), draft = null) {
    return new CallState(payload, draft);
}

test("a digit answers the focused question and goes to the next", () => {
    const call = makeCall();
    expect(call.data.focus).toBe("11:1");
    expect(call.answerByDigit(4)).toBe(true);
    expect(call.answerOf(11, 1).answer_id).toBe(14);
    expect(call.data.focus).toBe("11:2");
});

test("a digit that no answer has does nothing", () => {
    const call = makeCall();
    expect(call.answerByDigit(9)).toBe(false);
    expect(call.data.focus).toBe("11:1");
});

test("answering goes over to the next reason", () => {
    const call = makeCall(makePayload({ followups: [makeFollowup(11, [1]), makeFollowup(12, [2])] }));
    call.answerByDigit(5);
    expect(call.data.focus).toBe("12:2");
    expect(call.activeFollowup.id).toBe(12);
});

test("open questions are left out when answering moves on", () => {
    const text = makeQuestion(2, { type: "text", answers: [] });
    const followup = makeFollowup(11, [], { questions: [makeQuestion(1), text, makeQuestion(3)] });
    const call = makeCall(makePayload({ followups: [followup] }));
    call.answerByDigit(5);
    expect(call.data.focus).toBe("11:3");
    call.moveFocus(-1);
    expect(call.data.focus).toBe("11:2");
});

test("choices are picked by their position", () => {
    const answers = [
        { id: 71, label: "Here", level: 0 },
        { id: 72, label: "Elsewhere", level: 0 },
    ];
    const question = makeQuestion(7, { type: "choice", answers });
    const call = makeCall(makePayload({ followups: [makeFollowup(11, [], { questions: [question] })] }));
    call.answerByDigit(2);
    expect(call.answerOf(11, 7).answer_id).toBe(72);
});

function makeReminder() {
    const result = makeQuestion(7, {
        type: "choice",
        answers: [
            { id: 71, label: "Booked", level: 0, value: "booked" },
            { id: 72, label: "Elsewhere", level: 0, value: "elsewhere" },
        ],
    });
    const place = makeQuestion(8, { type: "text", answers: [], short: true, asked_after: [72] });
    return makeCall(makePayload({ followups: [makeFollowup(11, [], { questions: [result, place] })] }));
}

test("a question is asked only after the answer that calls for it", () => {
    const call = makeReminder();
    const asked = () => call.questionsOf(call.activeFollowup).map((question) => question.id);
    expect(asked()).toEqual([7]);
    call.answerByDigit(2);
    expect(asked()).toEqual([7, 8]);
});

test("what is no longer asked is not sent, but comes back with its answer", () => {
    const call = makeReminder();
    call.answerByDigit(2);
    call.patchAnswer(11, 8, { text: "路边店" });
    call.focus(11, 7);
    call.answerByDigit(1);
    expect(Object.keys(finishValues(call).answers[11])).toEqual(["7"]);
    call.focus(11, 7);
    call.answerByDigit(2);
    expect(finishValues(call).answers[11][8].text).toBe("路边店");
});

test("an appointment made in the call answers the question, whatever was said before", () => {
    const call = makeReminder();
    call.answerByDigit(2);
    noteAppointment(call, { id: 5, label: "Oct 20 10:00", booked: true });
    expect(call.answerOf(11, 7).answer_id).toBe(71);
});

test("an appointment sets the outcome and stands on the screen, each once", () => {
    const payload = makePayload({ appointments: [{ id: 5, label: "Oct 19 9:00" }] });
    const call = makeCall(payload);
    call.pickOutcome(3);
    noteAppointment(call, { id: 5, label: "Oct 20 10:00", booked: true });
    expect(call.outcome.code).toBe("answered");
    expect(agreedAppointments(call)).toEqual([{ id: 5, label: "Oct 20 10:00" }]);
});

test("a place on the waiting list is no appointment", () => {
    const call = makeReminder();
    noteAppointment(call, { id: 5, label: "on the waiting list", booked: false });
    expect(call.answerOf(11, 7).answer_id).toBe(undefined);
    expect(call.outcome).toBe(null);
});

test("who wants to be called later: a digit chooses the time, and answers nothing", () => {
    const call = makeCall();
    expect(call.pickPreset(1)).toBe(false);
    call.pickOutcome(2);
    expect(call.pickPreset(1)).toBe(true);
    expect(call.data.callbackAt).toBe("2026-10-14 03:00:00");
});

test("dissatisfaction without a word asks for one", () => {
    const call = makeCall();
    call.answerByDigit(1);
    expect(findProblems(call)).toMatchObject([{ area: "question:11:1", typing: "11:1" }]);
    call.patchAnswer(11, 1, { text: "waited" });
    expect(findProblems(call)).toEqual([]);
});

test("words in the complaint are words, too", () => {
    const call = makeCall();
    call.answerByDigit(1);
    call.patchComplaint(call.data.complaints[0].key, { text: "waited an hour" });
    expect(findProblems(call)).toEqual([]);
});

test("what was offered is decided before the call ends, unless nobody talked", () => {
    const decision = { title: "Kept", choices: [{ value: "take", label: "Takes it" }] };
    const call = makeCall(makePayload({ followups: [makeFollowup(11, [], { decision })] }));
    call.pickOutcome(3);
    expect(findProblems(call)).toEqual([]);
    call.pickOutcome(1);
    expect(findProblems(call)).toEqual([{ area: "decision:11", text: "Kept" }]);
    call.decide(11, "take");
    expect(findProblems(call)).toEqual([]);
    expect(finishValues(call).decisions).toEqual({ 11: "take" });
});

test("the first answer proposes 'answered'", () => {
    const call = makeCall();
    call.answerByDigit(5);
    expect(call.outcome.code).toBe("answered");
});

test("an outcome chosen by hand stays", () => {
    const call = makeCall();
    call.pickOutcome(3);
    call.answerByDigit(5);
    expect(call.outcome.code).toBe("no_answer");
});

test("a time to call back chooses 'later'", () => {
    const call = makeCall();
    call.answerByDigit(5);
    call.pickCallback("2026-10-14 03:00:00");
    expect(call.outcome.code).toBe("later");
    expect(finishValues(call).callback_at).toBe("2026-10-14 03:00:00");
});

test("the time to call back is not handed in with another outcome", () => {
    const call = makeCall();
    call.pickCallback("2026-10-14 03:00:00");
    call.pickOutcome(1);
    expect(finishValues(call).callback_at).toBe(false);
});

test("dissatisfaction opens a complaint with car, department and words", () => {
    const call = makeCall();
    call.answer(11, 1, 11);
    call.patchAnswer(11, 1, { text: "twice there, still rattles" });
    const [complaint] = call.data.complaints;
    expect(complaint).toMatchObject({ followup_id: 11, vehicle_id: 7, department_id: 1, auto: true });
    expect(complaint.text).toBe("twice there, still rattles (Question 1)");
    expect(finishValues(call).complaints[0].question_id).toBe(1);
});

test("one complaint a department, not one an answer", () => {
    const followup = makeFollowup(11, [1, 2], {});
    followup.questions.push(makeQuestion(3, { department_id: 2 }));
    const call = makeCall(makePayload({ followups: [followup] }));
    [11, 21, 31].forEach((answerId) => call.answer(11, Math.floor(answerId / 10), answerId));
    expect(call.data.complaints.map((c) => c.department_id)).toEqual([1, 2]);
    expect(call.data.complaints[0].question_ids).toEqual([1, 2]);
});

test("a complaint that nobody edited goes with the last bad answer", () => {
    const call = makeCall();
    call.answer(11, 1, 12);
    call.answer(11, 1, 15);
    expect(call.data.complaints).toHaveLength(0);
});

test("an edited complaint stays and keeps its words", () => {
    const call = makeCall();
    call.answer(11, 1, 12);
    call.patchComplaint(call.data.complaints[0].key, { text: "My words" });
    call.patchAnswer(11, 1, { text: "other words" });
    call.answer(11, 1, 15);
    expect(call.data.complaints[0].text).toBe("My words");
    expect(call.data.complaints[0].required).toBe(false);
});

test("nothing is missing after six good answers", () => {
    const call = makeCall();
    [5, 5, 4, 5, 3, 5].forEach((digit) => call.answerByDigit(digit));
    expect(findProblems(call)).toEqual([]);
    expect(call.progress).toEqual({ done: 6, total: 6 });
});

test("what is missing is said in words, in the order of the screen", () => {
    const call = makeCall();
    call.addComplaint();
    const areas = findProblems(call).map((problem) => problem.area);
    expect(areas).toEqual(["outcome", "complaint", "complaint"]);
    call.pickOutcome(2);
    expect(findProblems(call)[0].area).toBe("callback");
});

test("only answers to questions still asked are handed in", () => {
    const draft = { answers: { 11: { 1: { answer_id: 15 }, 99: { answer_id: 1 } }, 44: {} } };
    const values = finishValues(makeCall(makePayload(), draft));
    expect(values.answers).toEqual({ 11: { 1: { answer_id: 15, text: "" } } });
});

test("a draft goes on at the first open question", () => {
    const draft = { answers: { 11: { 1: { answer_id: 15 } } }, active: 11, focus: "11:1", at: 1 };
    expect(makeCall(makePayload(), draft).data.focus).toBe("11:2");
});

test("the usable number is the one called", () => {
    expect(makeCall().data.phoneId).toBe(1);
});

test("every change is told", () => {
    const call = new CallState(makePayload(), null, () => expect.step("change"));
    call.answerByDigit(5);
    call.set({ note: "a" });
    call.pickOutcome(1);
    expect.verifySteps(["change", "change", "change"]);
});
