import { registry } from "@web/core/registry";
import { callActions } from "./call_actions";

/**
 * The single keys of the call screen. Letters count by their place on the
 * keyboard too, so that they work while a Chinese input method is on.
 *
 * @param {KeyboardEvent} ev
 * @returns {string} "1", "t", "ArrowDown"…
 */
function keyOf(ev) {
    const code = ev.code || "";
    if (/^(Digit|Numpad)\d$/.test(code)) {
        return code.slice(-1);
    }
    if (/^Key[A-Z]$/.test(code)) {
        return code.slice(-1).toLowerCase();
    }
    return ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
}

const TYPING =
    "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable=true]";

function isEditable(target) {
    return Boolean(target?.closest?.(TYPING));
}

/** The letter of an outcome; none when the screen itself needs that key. */
export function outcomeKey(outcome) {
    const key = (outcome.key || "").toLowerCase();
    return key in ACTIONS || isTaken(key) ? "" : key;
}

/** Keys that mean the same on every call; outcomes bring their own letters. */
const ACTIONS = {
    ArrowDown: (screen) => screen.call.moveFocus(1),
    ArrowUp: (screen) => screen.call.moveFocus(-1),
    ArrowRight: (screen) => moveTab(screen.call, 1),
    ArrowLeft: (screen) => moveTab(screen.call, -1),
    t: (screen) => screen.call.typeRemark(),
    c: (screen) => screen.call.addComplaint(),
    d: (screen) => screen.call.addCorrection(),
};

/** Whether another room wants a letter, used by this dealer or not: letters of outcomes don't change. */
function isTaken(key) {
    return registry.category("dcrc_call_actions").getAll().some((action) => action.key === key);
}

function moveTab(call, direction) {
    const index = call.followups.findIndex((f) => f.id === call.activeFollowup?.id);
    const followup = call.followups[index + direction];
    if (followup) {
        call.showFollowup(followup.id);
    }
}

/**
 * @param {import("./call_screen/call_screen").CallScreen} screen
 * @param {KeyboardEvent} ev
 */
export function handleCallKey(screen, ev) {
    if (!screen.ready || ev.isComposing || ev.ctrlKey || ev.altKey || ev.metaKey) {
        return;
    }
    if (screen.ui.activeElement !== document) {
        return;
    }
    if (isEditable(ev.target)) {
        if (ev.key === "Escape") {
            leaveField(screen, ev.target);
            ev.preventDefault();
        }
        return;
    }
    // a key held down must not answer one question after the other
    const held = ev.repeat && !ev.key.startsWith("Arrow");
    if (!held && runKey(screen, keyOf(ev))) {
        ev.preventDefault();
    }
}

function leaveField(screen, field) {
    field.blur();
    if (field.closest("[data-question]")) {
        screen.call.leaveRemark();
    }
}

function runKey(screen, key) {
    const { call } = screen;
    if (/^[1-9]$/.test(key)) {
        return call.pickPreset(Number(key)) || call.answerByDigit(Number(key));
    }
    if (ACTIONS[key]) {
        ACTIONS[key](screen);
        return true;
    }
    const action = callActions(call).find((one) => one.key === key);
    if (action) {
        action.run({ dialog: screen.dialog, call });
        return true;
    }
    const outcome = call.payload.outcomes.find((o) => outcomeKey(o) === key);
    if (outcome) {
        call.pickOutcome(outcome.id);
    }
    return Boolean(outcome);
}
