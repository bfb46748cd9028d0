import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { session } from "@web/session";

const DRAFT = /^dcrc_\w+_draft\./;
const DELAY = 800;
const RETRY = [2000, 5000, 10000, 20000];
const MAX_AGE = 7 * 24 * 3600 * 1000;

function keyOf(callId, kind) {
    return `dcrc_${kind}_draft.${session.db || ""}.${callId}`;
}

/** The draft this browser holds of a call (or of another `kind` of record), or null. */
export function readLocalDraft(callId, kind = "call") {
    try {
        return JSON.parse(browser.localStorage.getItem(keyOf(callId, kind)));
    } catch {
        return null;
    }
}

/** Of what the server and this browser hold, what was typed last. */
export function latestDraft(callId, serverDraft, kind = "call") {
    const local = readLocalDraft(callId, kind);
    return (local?.at || 0) > (serverDraft?.at || 0) ? local : serverDraft || null;
}

/** Forget drafts of calls that nobody came back to: they hold customers' words. */
export function dropOldDrafts(now = Date.now()) {
    for (const key of Object.keys(browser.localStorage)) {
        if (!DRAFT.test(key)) {
            continue;
        }
        let at = 0;
        try {
            at = JSON.parse(browser.localStorage.getItem(key))?.at || 0;
        } catch {
            // unreadable: dropped below
        }
        if (now - at > MAX_AGE) {
            browser.localStorage.removeItem(key);
        }
    }
}

/**
 * Keeps a call's draft in two places: at once in this browser, and after a
 * short pause on the server; again and again while the connection is lost.
 *
 * `onStatus` is told "saving", "saved", "offline" or "refused" (with the
 * server's words).
 */
export class DraftKeeper {
    /**
     * @param {Object} params
     * @param {number} params.callId
     * @param {(callId: number, draft: Object) => Promise} params.save
     * @param {(callId: number, draft: Object) => boolean} params.beacon
     * @param {(status: string, message?: string) => void} params.onStatus
     * @param {string} [params.kind] of what this is the draft; ids of another kind are other drafts
     */
    constructor({ callId, save, beacon, onStatus, kind = "call" }) {
        Object.assign(this, { callId, save, beacon, onStatus, kind });
        this.pending = null;
        this.failures = 0;
        this.closed = false;
        this.running = null;
    }

    /** Keep `draft`; the server gets it when typing pauses. */
    change(draft) {
        this.pending = JSON.stringify(draft);
        try {
            browser.localStorage.setItem(keyOf(this.callId, this.kind), this.pending);
        } catch {
            // storage full or forbidden: the server's copy remains
        }
        this.onStatus(this.failures ? "offline" : "saving");
        if (!this.failures) {
            this.schedule(DELAY);
        }
    }

    schedule(delay) {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.flush(), delay);
    }

    /** Send what is pending now. Never throws. */
    async flush() {
        browser.clearTimeout(this.timer);
        await this.running;
        if (this.pending === null || this.closed) {
            return;
        }
        this.running = this.send(this.pending);
        await this.running;
    }

    async send(body) {
        try {
            await this.save(this.callId, JSON.parse(body));
            this.failures = 0;
            if (this.pending === body) {
                this.pending = null;
                this.tell("saved");
            } else if (!this.closed) {
                this.schedule(DELAY);
            }
        } catch (error) {
            this.onFailure(error);
        }
    }

    onFailure(error) {
        if (!(error instanceof ConnectionLostError)) {
            this.pending = null;
            this.tell("refused", error.data?.message || error.message);
            return;
        }
        const delay = RETRY[Math.min(this.failures, RETRY.length - 1)];
        this.failures++;
        this.tell("offline");
        if (!this.closed) {
            this.schedule(delay);
        }
    }

    tell(status, message) {
        if (!this.closed) {
            this.onStatus(status, message);
        }
    }

    /** The page goes away: hand over what is not on the server yet. */
    leave() {
        if (this.pending !== null && !this.closed) {
            this.beacon(this.callId, JSON.parse(this.pending));
        }
    }

    /** The call is finished: nothing is left to keep. */
    drop() {
        this.stop();
        browser.localStorage.removeItem(keyOf(this.callId, this.kind));
    }

    stop() {
        this.closed = true;
        browser.clearTimeout(this.timer);
    }
}
