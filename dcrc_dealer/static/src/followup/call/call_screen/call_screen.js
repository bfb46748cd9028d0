import { browser } from "@web/core/browser/browser";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, onWillUnmount, useExternalListener, useRef, useState } from "@odoo/owl";
import { agreedAppointments } from "../call_appointments";
import { CallBar } from "../call_bar/call_bar";
import { CallCallback } from "../call_callback/call_callback";
import { CallCars } from "../call_cars/call_cars";
import { CallComplaint } from "../call_complaint/call_complaint";
import { DraftKeeper, dropOldDrafts, latestDraft } from "../call_draft";
import { CallExtras } from "../call_extras/call_extras";
import { handleCallKey } from "../call_keys";
import { CallOutcome } from "../call_outcome/call_outcome";
import { CallReasons } from "../call_reasons/call_reasons";
import { CallState } from "../call_state";
import { findProblems, finishValues } from "../call_values";
import { CallWho } from "../call_who/call_who";

/**
 * The call screen: one customer, every open reason to talk to her, the answers
 * and what became of it, from opening to "next".
 */
export class CallScreen extends Component {
    static template = "dcrc_dealer.CallScreen";
    static components = {
        CallBar,
        CallCallback,
        CallCars,
        CallComplaint,
        CallExtras,
        CallOutcome,
        CallReasons,
        CallWho,
    };
    static props = { ...standardActionServiceProps };

    setup() {
        this.console = useService("dcrc_console");
        this.dialog = useService("dialog");
        this.ui = useService("ui");
        this.root = useRef("root");
        this.state = useState({
            call: null,
            phase: "loading",
            notice: "",
            draft: "idle",
            draftMessage: "",
            problems: [],
            messages: [],
            busy: false,
            openedAt: 0,
        });
        onWillStart(() => {
            dropOldDrafts();
            return this.start();
        });
        onWillUnmount(() => this.leave());
        useExternalListener(browser, "keydown", (ev) => handleCallKey(this, ev));
        useExternalListener(browser, "beforeunload", () => this.keeper?.leave());
        useExternalListener(browser, "pagehide", () => this.keeper?.leave());
        useExternalListener(browser, "online", () => this.keeper?.flush());
        useSetupAction({
            beforeLeave: () => this.keeper?.flush(),
            getLocalState: () => ({ contactId: this.contactId }),
        });
        useHotkey("control+enter", () => this.finish(true), { bypassEditableProtection: true });
    }

    get call() {
        return this.state.call;
    }

    get appointments() {
        return agreedAppointments(this.call);
    }

    get ready() {
        return this.state.phase === "call" && !this.state.busy;
    }

    /** Back from another screen, or by address: the same customer; else the next. */
    async start() {
        const { state, resId, action } = this.props;
        const known = state?.contactId || resId || action.params?.contact_id;
        const inbound = Boolean(known && action.context?.dcrc_inbound);
        await this.open(known || (await this.console.claimNext()), inbound);
    }

    /**
     * @param {number|false} contactId false: nobody is left to call
     * @param {boolean} inbound the customer is on the line
     */
    async open(contactId, inbound = false) {
        this.keeper?.stop();
        this.keeper = null;
        this.state.messages = [];
        this.contactId = contactId || null;
        this.props.updateActionState?.({ resId: contactId || false });
        if (!contactId) {
            return this.tell("empty", await this.console.explainEmpty());
        }
        let payload;
        try {
            payload = await this.console.openContact(contactId, inbound);
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            return this.tell("refused", error.data.message);
        }
        if (payload.claimed_by_other) {
            const name = payload.claimed_by_other;
            return this.tell("taken", _t("%(name)s is calling this customer", { name }));
        }
        this.show(payload);
    }

    /** Nothing to show but words: nobody left, a colleague's, or not now. */
    tell(phase, notice) {
        Object.assign(this.state, { phase, notice, call: null });
    }

    show(payload) {
        const callId = payload.call_id;
        this.keeper = new DraftKeeper({
            callId,
            save: this.console.saveDraft,
            beacon: this.console.beaconDraft,
            onStatus: (draft, draftMessage = "") =>
                Object.assign(this.state, { draft, draftMessage }),
        });
        const draft = latestDraft(callId, payload.draft);
        const call = new CallState(payload, draft, () => {
            this.state.problems = [];
            this.keeper?.change(this.state.call.data);
        });
        Object.assign(this.state, {
            call,
            phase: "call",
            problems: [],
            draftMessage: "",
            draft: draft ? "saved" : "idle",
            openedAt: Date.now() - (payload.elapsed || 0) * 1000,
        });
        if (draft && draft.at > (payload.draft?.at || 0)) {
            this.keeper.change(draft);
        }
    }

    async finish(wantNext) {
        if (!this.ready) {
            return;
        }
        const problems = findProblems(this.call);
        this.state.problems = problems;
        if (problems.length) {
            this.scrollTo(problems[0].area);
            this.call.typing = problems[0].typing || "";
            this.call.revealed = this.call.typing || this.call.revealed;
            return;
        }
        this.state.busy = true;
        try {
            await this.keeper.flush();
            const values = finishValues(this.call);
            const result = await this.console.finishCall(this.call.payload.call_id, values, wantNext);
            this.keeper.drop();
            await this.goOn(wantNext, result);
        } catch (error) {
            this.onFinishError(error);
        } finally {
            this.state.busy = false;
        }
    }

    /** What came of the call is told in the bar of the next one, where it covers no button. */
    async goOn(wantNext, { next, messages }) {
        if (!wantNext) {
            return this.console.showToday(messages);
        }
        await this.open(next);
        this.state.messages = messages;
    }

    onFinishError(error) {
        if (error instanceof ConnectionLostError) {
            this.state.problems = [
                {
                    area: "bar",
                    text: _t("No connection: nothing is lost. Save again when it is back."),
                },
            ];
            this.keeper?.change(this.call.data);
            return;
        }
        if (!error.data?.message) {
            throw error;
        }
        this.state.problems = [{ area: "bar", text: error.data.message }];
    }

    scrollTo(area) {
        this.root.el
            ?.querySelector(`[data-area="${area}"]`)
            ?.scrollIntoView({ block: "nearest", behavior: "smooth" });
    }

    /** Give the customer back to the queue and take the next one. */
    async skip() {
        await this.whileBusy(async () => {
            const contactId = this.contactId;
            await this.keeper?.flush();
            await this.console.releaseContact(contactId);
            await this.open(await this.console.claimNext(contactId));
        });
    }

    /** Somebody else brought the car: call that person about it, and this customer about the rest. */
    async askInstead(followupId) {
        await this.whileBusy(async () => {
            await this.keeper?.flush();
            await this.open(
                await this.console.askInstead(this.call.payload.call_id, followupId)
            );
        });
    }

    async back() {
        await this.whileBusy(async () => {
            await this.keeper?.flush();
            if (this.state.phase === "call") {
                await this.console.releaseContact(this.contactId);
            }
            await this.console.showToday();
        });
    }

    async next() {
        await this.whileBusy(async () => this.open(await this.console.claimNext(this.contactId)));
    }

    async whileBusy(work) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await work();
        } finally {
            this.state.busy = false;
        }
    }

    /** Leaving without finishing keeps the claim: the customer may be on the line. */
    leave() {
        this.keeper?.leave();
        this.keeper?.stop();
    }
}

CallScreen.displayName = _t("Call");
registry.category("actions").add("dcrc_dealer.call", CallScreen);
