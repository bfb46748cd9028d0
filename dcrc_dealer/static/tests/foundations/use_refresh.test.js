import { advanceTime, animationFrame, describe, expect, manuallyDispatchProgrammaticEvent, test } from "@odoo/hoot";
import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";

describe.current.tags("desktop");
defineMailModels();

/** A screen that looks every second; its look is a step. */
async function mountLooker(look = async () => {}, when) {
    class Looker extends Component {
        static template = xml`<p class="o_dcrc_looker" t-esc="refresh.stale ? 'old' : 'fresh'"/>`;
        static props = {};
        setup() {
            const step = () => {
                expect.step("look");
                return look();
            };
            this.refresh = useRefresh(step, { pace: 1000, when });
        }
    }
    await mountWithCleanup(Looker);
}

async function pass(seconds) {
    await advanceTime(1000 * seconds);
    await animationFrame();
}

test("it looks at its pace, and at once when the page is seen again", async () => {
    await mountLooker();
    expect.verifySteps([]);
    await pass(1);
    await pass(1);
    expect.verifySteps(["look", "look"]);
    await manuallyDispatchProgrammaticEvent(document, "visibilitychange");
    expect.verifySteps(["look"]);
});

test("nothing is asked when there is nothing to look for", async () => {
    let wanted = false;
    await mountLooker(undefined, () => wanted);
    await pass(2);
    expect.verifySteps([]);
    wanted = true;
    await pass(1);
    expect.verifySteps(["look"]);
});

test("a slow answer is waited for", async () => {
    let answer;
    await mountLooker(() => new Promise((resolve) => (answer = resolve)));
    await pass(3);
    expect.verifySteps(["look"]);
    answer();
    await animationFrame();
    await pass(1);
    expect.verifySteps(["look"]);
});

test("a lost connection is told until it is back", async () => {
    let lost = true;
    await mountLooker(async () => {
        if (lost) {
            throw new ConnectionLostError("/x");
        }
    });
    await pass(1);
    expect(".o_dcrc_looker").toHaveText("old");
    lost = false;
    await pass(1);
    expect(".o_dcrc_looker").toHaveText("fresh");
    expect.verifySteps(["look", "look"]);
});

test("another error is shown once, not at every look", async () => {
    expect.errors(1);
    await mountLooker(async () => {
        throw new Error("no such figure");
    });
    await pass(1);
    await pass(1);
    expect.verifySteps(["look", "look"]);
    expect.verifyErrors(["no such figure"]);
    expect(".o_dcrc_looker").toHaveText("old");
});
