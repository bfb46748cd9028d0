import {
    advanceTime,
    animationFrame,
    beforeEach,
    click,
    describe,
    edit,
    expect,
    manuallyDispatchProgrammaticEvent,
    mockDate,
    test,
} from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CallScreen } from "@dcrc_dealer/followup/call/call_screen/call_screen";
import { key, mountCall, pressed } from "../call_fixtures";
import { makeFollowup, makePayload, mockConsole } from "../console_fixtures";

describe.current.tags("desktop");
defineMailModels();
beforeEach(() => mockDate("2026-10-14 02:00:00"));

test("a satisfied six-question call takes seven keys, without the mouse", async () => {
    await mountCall({
        finishCall: (callId, values) => {
            expect(callId).toBe(100);
            expect(values.outcome_id).toBe(1);
            expect(Object.keys(values.answers[11])).toHaveLength(6);
            return { next: 2, messages: [] };
        },
    });
    for (const digit of "554545") {
        await key(digit);
    }
    await key("Control+Enter");
    expect.verifySteps(["finishCall", "openContact"]);
    expect(pressed.count).toBeLessThan(11);
    expect(pressed.count).toBe(7);
});

test("with the mouse it takes seven clicks", async () => {
    await mountCall();
    let clicks = 0;
    for (const question of [1, 2, 3, 4, 5, 6]) {
        await click(`[data-question="11:${question}"] [data-level="5"]`);
        await animationFrame();
        clicks++;
    }
    await click(".o_dcrc_save_next");
    await animationFrame();
    expect.verifySteps(["finishCall"]);
    expect(clicks + 1).toBe(7);
});

test("who is called, why, and with which words", async () => {
    await mountCall();
    expect(".o_dcrc_who_name").toHaveText("王女士");
    expect(".o_dcrc_phone:first").toHaveText("138 0013 8000");
    expect(".o_dcrc_phone:first").toHaveAttribute("href", "tel:+8613800138000");
    expect("del.o_dcrc_phone").toHaveText("023 67001122");
    expect(".o_dcrc_script_opening").toHaveText("Good day, Ms Wang");
    expect(".o_dcrc_attempt").toHaveText("Attempt 2 of 3");
    expect("[data-question='11:1']").toHaveClass("o_dcrc_question_focused");
});

test("the scale goes from 1, worst, to 5, best", async () => {
    await mountCall();
    expect(".o_dcrc_scale").toHaveCount(1);
    expect(".o_dcrc_scale_word:first").toHaveText("Very dissatisfied");
    expect("[data-question='11:1'] [data-level='5']").toHaveAttribute("aria-label", "Very satisfied");
});

test("a bad answer shows the apology and opens the complaint", async () => {
    await mountCall();
    expect(".o_dcrc_script_closing").toHaveText(/Thank you/);
    await key("1");
    expect(".o_dcrc_script_apology").toHaveText(/We are sorry/);
    expect(".o_dcrc_complaint_text").toHaveValue("Question 1: Very dissatisfied");
    expect(".o_dcrc_complaint_department").toHaveValue("1");
    expect(".o_dcrc_complaint_remove").toHaveCount(0);
    expect(".o_dcrc_tabs .fa-frown-o").toHaveCount(1);
});

test("'t' takes the customer's words; digits are words there", async () => {
    await mountCall();
    await key("t");
    await animationFrame();
    expect("[data-question='11:1'] textarea").toBeFocused();
    await edit("waited 45 minutes");
    await key("Escape");
    expect("[data-question='11:1'] textarea").toHaveValue("waited 45 minutes");
    await key("5");
    expect("[data-question='11:1'] [data-level='5']").toHaveClass("o_dcrc_answer_given");
});

test("'t' after a bad answer takes the words about that one; Escape goes on", async () => {
    await mountCall();
    await key("2");
    expect("[data-question='11:2']").toHaveClass("o_dcrc_question_focused");
    await key("t");
    await animationFrame();
    expect("[data-question='11:1'] textarea").toBeFocused();
    await edit("waited 45 minutes");
    await key("Escape");
    expect("[data-question='11:2']").toHaveClass("o_dcrc_question_focused");
    expect(".o_dcrc_complaint_text").toHaveValue("waited 45 minutes (Question 1)");
});

test("letters choose the outcome", async () => {
    await mountCall();
    await key("n");
    expect("[data-outcome='no_answer']").toHaveClass("o_dcrc_choice_given");
    expect(".o_dcrc_outcome").toHaveText(/another time slot/);
});

test("arrows move between questions and reasons", async () => {
    const followups = [makeFollowup(11, [1, 2]), makeFollowup(12, [3])];
    await mountCall({ openContact: () => makePayload({ followups }) });
    await key("ArrowDown");
    expect("[data-question='11:2']").toHaveClass("o_dcrc_question_focused");
    await key("ArrowRight");
    expect("[data-question='12:3']").toHaveClass("o_dcrc_question_focused");
    await key("ArrowLeft");
    expect(".o_dcrc_tabs .active").toHaveText("Reason 11");
});

test("a colleague's customer is not shown; the next one is a click away", async () => {
    let taken = true;
    await mountCall({
        openContact: () => {
            const payload = taken ? { claimed_by_other: "何静" } : makePayload();
            taken = false;
            return payload;
        },
    });
    expect("[data-phase=taken]").toHaveText(/何静 is calling this customer/);
    await click(".o_dcrc_call_other");
    await animationFrame();
    expect.verifySteps(["claimNext", "openContact"]);
    expect(".o_dcrc_who_name").toHaveText("王女士");
});

test("nobody to call: it says why", async () => {
    mockConsole({ claimNext: false });
    await mountWithCleanup(CallScreen, { props: { action: {} } });
    expect.verifySteps(["claimNext"]);
    expect("[data-phase=empty]").toHaveText(/Customers rest now/);
});

test("in a customer's rest hours the server's words are shown", async () => {
    await mountCall({
        openContact: () => {
            throw Object.assign(new Error(), { data: { message: "Customers rest until 09:00." } });
        },
    });
    expect("[data-phase=refused]").toHaveText(/Customers rest until 09:00./);
    await click(".o_dcrc_call_today");
    await animationFrame();
    expect.verifySteps(["showToday"]);
});

test("back from the customer's file it is the same customer", async () => {
    const openContact = (contactId) => {
        expect(contactId).toBe(44);
        return makePayload();
    };
    await mountCall({ openContact }, { resId: false, state: { contactId: 44 } });
    expect(".o_dcrc_who_name").toHaveText("王女士");
});

test("a key held down answers one question, not all", async () => {
    await mountCall();
    await key("5");
    await manuallyDispatchProgrammaticEvent(window, "keydown", { key: "5", code: "Digit5", repeat: true });
    await animationFrame();
    expect(".o_dcrc_answer_given").toHaveCount(1);
});

test("the timer counts from opening", async () => {
    await mountCall({ openContact: () => makePayload({ elapsed: 61 }) });
    expect(".o_dcrc_timer").toHaveText("01:01");
    await advanceTime(2000);
    await animationFrame();
    expect(".o_dcrc_timer").toHaveText("01:03");
});

test("a customer on the line is no attempt of ours", async () => {
    const inbound = [];
    mockConsole({
        openContact: (contactId, flag) => {
            inbound.push(flag);
            return makePayload({ contact: { ...makePayload().contact, attempt: 0 } });
        },
    });
    const action = { context: { dcrc_inbound: true } };
    await mountWithCleanup(CallScreen, { props: { action, resId: 31 } });
    expect.verifySteps(["openContact"]);
    expect(inbound).toEqual([true]);
    expect(".o_dcrc_attempt").toHaveText("Customer called");
});

test("what a room adds to the call is there where the dealer uses the room", async () => {
    await mountCall();
    expect(".o_dcrc_call_action_booking").toHaveCount(1);
});

test("a room that is switched off adds nothing, by button or key", async () => {
    await mountCall({ openContact: () => makePayload({ rooms: [] }) });
    expect(".o_dcrc_call_action_booking").toHaveCount(0);
    await key("a");
    await animationFrame();
    expect(".modal").toHaveCount(0);
});
