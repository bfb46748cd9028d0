import { advanceTime, describe, expect, test } from "@odoo/hoot";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { DraftKeeper, dropOldDrafts, latestDraft, readLocalDraft } from "@dcrc_dealer/followup/call/call_draft";

describe.current.tags("headless");

function makeKeeper(save = async () => true) {
    return new DraftKeeper({
        callId: 100,
        save: async (callId, draft) => {
            expect.step(`save ${draft.note}`);
            return save(callId, draft);
        },
        beacon: (callId, draft) => expect.step(`beacon ${draft.note}`),
        onStatus: (status, message) => expect.step(message ? `${status}: ${message}` : status),
    });
}

function failing(times) {
    let left = times;
    return async () => {
        if (left-- > 0) {
            throw new ConnectionLostError("/x");
        }
    };
}

test("the browser keeps a draft at once, the server after a pause", async () => {
    const keeper = makeKeeper();
    keeper.change({ note: "a", at: 1 });
    expect(readLocalDraft(100).note).toBe("a");
    await advanceTime(500);
    keeper.change({ note: "ab", at: 2 });
    await advanceTime(700);
    expect.verifySteps(["saving", "saving"]);
    await advanceTime(200);
    expect.verifySteps(["save ab", "saved"]);
});

test("a lost connection is told and tried again until it works", async () => {
    const keeper = makeKeeper(failing(2));
    keeper.change({ note: "a", at: 1 });
    await advanceTime(800);
    expect.verifySteps(["saving", "save a", "offline"]);
    await advanceTime(2000);
    expect.verifySteps(["save a", "offline"]);
    await advanceTime(5000);
    expect.verifySteps(["save a", "saved"]);
});

test("what is typed while offline goes with the next try", async () => {
    const keeper = makeKeeper(failing(1));
    keeper.change({ note: "a", at: 1 });
    await advanceTime(800);
    keeper.change({ note: "ab", at: 2 });
    await advanceTime(2000);
    expect.verifySteps(["saving", "save a", "offline", "offline", "save ab", "saved"]);
});

test("a refusal shows the server's words and is not repeated", async () => {
    const keeper = makeKeeper(async () => {
        throw Object.assign(new Error(), { data: { message: "finished" } });
    });
    keeper.change({ note: "a", at: 1 });
    await advanceTime(60000);
    expect.verifySteps(["saving", "save a", "refused: finished"]);
    expect(readLocalDraft(100).note).toBe("a");
});

test("leaving hands over what the server has not got", async () => {
    const keeper = makeKeeper();
    keeper.change({ note: "a", at: 1 });
    keeper.leave();
    await advanceTime(800);
    keeper.leave();
    expect.verifySteps(["saving", "beacon a", "save a", "saved"]);
});

test("flush sends at once", async () => {
    const keeper = makeKeeper();
    keeper.change({ note: "a", at: 1 });
    await keeper.flush();
    expect.verifySteps(["saving", "save a", "saved"]);
});

test("a finished call leaves nothing behind", async () => {
    const keeper = makeKeeper();
    keeper.change({ note: "a", at: 1 });
    keeper.drop();
    await advanceTime(800);
    expect(readLocalDraft(100)).toBe(null);
    expect.verifySteps(["saving"]);
});

test("the later draft counts, wherever it is", () => {
    makeKeeper().change({ note: "here", at: 5 });
    expect(latestDraft(100, { note: "server", at: 4 }).note).toBe("here");
    expect(latestDraft(100, { note: "server", at: 6 }).note).toBe("server");
    expect(latestDraft(101, null)).toBe(null);
    expect.verifySteps(["saving"]);
});

test("drafts that nobody came back to are forgotten after a week", () => {
    makeKeeper().change({ note: "old", at: 1000 });
    browser.localStorage.setItem("other", "stays");
    dropOldDrafts(1000 + 6 * 24 * 3600 * 1000);
    expect(readLocalDraft(100).note).toBe("old");
    dropOldDrafts(1000 + 8 * 24 * 3600 * 1000);
    expect(readLocalDraft(100)).toBe(null);
    expect(browser.localStorage.getItem("other")).toBe("stays");
    expect.verifySteps(["saving"]);
});
