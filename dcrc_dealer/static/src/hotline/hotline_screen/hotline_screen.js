import { browser } from "@web/core/browser/browser";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { DraftKeeper, dropOldDrafts, latestDraft } from "@dcrc_dealer/followup/call/call_draft";
import { formatMoment } from "@dcrc_dealer/followup/console/console_format";
import { ArticlePanel } from "../article_panel/article_panel";
import { HotlineCaller } from "../hotline_caller/hotline_caller";
import { HotlineOutcome } from "../hotline_outcome/hotline_outcome";
import { HotlineWords } from "../hotline_words/hotline_words";

const KIND = "hotline";
const MARKS = {
    idle: "",
    saving: _t("Saving…"),
    saved: _t("Saved"),
    offline: _t("No connection: kept here, sent when it is back"),
    refused: _t("Not saved on the server"),
};

/** One call to the hotline: who, what about, answers at hand, what becomes of it. Saved while it is typed. */
export class HotlineScreen extends Component {
    static template = "dcrc_dealer.HotlineScreen";
    static components = { ArticlePanel, HotlineCaller, HotlineOutcome, HotlineWords };
    static props = { ...standardActionServiceProps, ringId: { type: Number, optional: true } };

    setup() {
        this.hotline = useService("dcrc_hotline");
        this.action = useService("action");
        this.formatMoment = formatMoment;
        this.state = useState({ record: null, typed: {}, draft: "idle", told: "", problem: "", busy: false });
        onWillStart(() => {
            dropOldDrafts();
            return this.start();
        });
        onWillUnmount(() => this.leave());
        useExternalListener(browser, "beforeunload", () => this.keeper?.leave());
        useExternalListener(browser, "pagehide", () => this.keeper?.leave());
        useExternalListener(browser, "online", () => this.keeper?.flush());
        useSetupAction({
            beforeLeave: () => this.keeper?.flush(),
            getLocalState: () => ({ recordId: this.record?.id }),
        });
        useHotkey("control+enter", () => this.take("take_step", "action_answered"), {
            bypassEditableProtection: true,
        });
    }

    get record() {
        return this.state.record;
    }

    get mark() {
        const { draft, told } = this.state;
        return told ? `${MARKS[draft]}: ${told}` : MARKS[draft];
    }

    /** Back from another screen, by address, a call that rings, or a new one. */
    async start() {
        const { state, resId, ringId, action } = this.props;
        const known = state?.recordId || resId || action.params?.record_id;
        try {
            if (known) {
                this.show(await this.hotline.read(known));
            } else {
                this.show(await (ringId ? this.hotline.openRing(ringId) : this.hotline.openNew()));
            }
        } catch (error) {
            if (!error.data?.message) {
                throw error;
            }
            this.state.problem = error.data.message;
        }
    }

    show(record) {
        if (this.keeper?.callId !== record.id) {
            this.keeper?.stop();
            this.keeper = new DraftKeeper({
                kind: KIND,
                callId: record.id,
                save: this.hotline.save,
                beacon: this.hotline.beacon,
                onStatus: (draft, told = "") => Object.assign(this.state, { draft, told }),
            });
        }
        const draft = record.editable ? latestDraft(record.id, record.typed, KIND) : record.typed;
        Object.assign(this.state, { record, typed: { ...record.typed, ...draft } });
        this.props.updateActionState?.({ resId: record.id });
        if (draft !== record.typed) {
            this.keeper.change(this.state.typed);
        }
    }

    /** @param {Object} values what was typed or chosen */
    change(values) {
        Object.assign(this.state.typed, values, { at: Date.now() });
        this.state.problem = "";
        this.keeper.change(this.state.typed);
    }

    /** Another customer: cars and warnings come with the file. */
    async choose(partnerId) {
        delete this.state.typed.vehicle_id;
        this.change({ partner_id: partnerId });
        await this.take("read_record");
    }

    /** Do something with the record, after all that is typed is kept; show what it is then. */
    async take(method, ...args) {
        if (!this.record || this.state.busy) {
            return false;
        }
        this.state.busy = true;
        try {
            await this.keeper.flush();
            this.show(await this.hotline.run(this.record.id, method, ...args));
            this.state.problem = "";
            return true;
        } catch (error) {
            this.onError(error);
            return false;
        } finally {
            this.state.busy = false;
        }
    }

    onError(error) {
        if (error instanceof ConnectionLostError) {
            this.state.problem = _t("No connection: nothing is lost. Try again when it is back.");
        } else if (error.data?.message) {
            this.state.problem = error.data.message;
        } else {
            throw error;
        }
    }

    showList() {
        return this.action.doAction("dcrc_dealer.hotline_action", { clearBreadcrumbs: true });
    }

    showNext() {
        return this.hotline.show();
    }

    /** What nobody wrote a word into is no record. */
    leave() {
        const { keeper, record } = this;
        keeper?.leave();
        keeper?.stop();
        if (record && !record.ring && keeper.pending === null) {
            this.hotline.leave(record.id).catch(() => {});
        }
    }
}

HotlineScreen.displayName = _t("Incoming Call");
registry.category("actions").add("dcrc_dealer.hotline", HotlineScreen);
