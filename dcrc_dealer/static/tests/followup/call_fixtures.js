import { animationFrame, expect, press } from "@odoo/hoot";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { CallScreen } from "@dcrc_dealer/followup/call/call_screen/call_screen";
import { mockConsole } from "./console_fixtures";

/** How many keys were pressed since the screen was mounted. */
export const pressed = { count: 0 };

/** Press a key as a specialist does; counted. */
export async function key(name) {
    pressed.count++;
    await press(name);
    await animationFrame();
}

/** Open a customer on the call screen; `answers` are the server's, see `mockConsole`. */
export async function mountCall(answers = {}, props = {}) {
    pressed.count = 0;
    mockConsole(answers);
    await mountWithCleanup(CallScreen, { props: { action: {}, resId: 1, ...props } });
    await animationFrame();
    expect.verifySteps(["openContact"]);
}
