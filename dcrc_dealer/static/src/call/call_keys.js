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

function isEditable(target) {
    return Boolean(target?.closest?.("input, textarea, select, [contenteditable=true]"));
}

/** Keys that mean the same on every call; outcomes bring their own letters. */
const ACTIONS = {
    ArrowDown: (screen) => screen.call.moveFocus(1),
    ArrowUp: (screen) => screen.call.moveFocus(-1),
    ArrowRight: (screen) => moveTab(screen.call, 1),
    ArrowLeft: (screen) => moveTab(screen.call, -1),
    t: (screen) => screen.call.typeRemark(),
};

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
            ev.target.blur();
            ev.preventDefault();
        }
        return;
    }
    if (runKey(screen, keyOf(ev))) {
        ev.preventDefault();
    }
}

function runKey(screen, key) {
    const { call } = screen;
    if (/^[1-9]$/.test(key)) {
        return call.answerByDigit(Number(key));
    }
    if (ACTIONS[key]) {
        ACTIONS[key](screen);
        return true;
    }
    const outcome = call.payload.outcomes.find((o) => (o.key || "").toLowerCase() === key);
    if (outcome) {
        call.pickOutcome(outcome.id);
    }
    return Boolean(outcome);
}
