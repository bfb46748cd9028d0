import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Component, onMounted, onWillUnmount, useState } from "@odoo/owl";
import { formatTimer } from "../../console/console_format";

const MARKS = {
    idle: { icon: "", text: "" },
    saving: { icon: "fa-ellipsis-h", text: _t("Saving…") },
    saved: { icon: "fa-check", text: _t("Saved") },
    offline: { icon: "fa-chain-broken", text: _t("No connection: kept here, sent when it is back") },
    refused: { icon: "fa-exclamation-triangle", text: _t("Not saved on the server") },
};

/** The bar below a call: time, whether all is kept, what is missing, "next". */
export class CallBar extends Component {
    static template = "dcrc_dealer.CallBar";
    static props = {
        openedAt: Number,
        draft: String,
        draftMessage: String,
        problems: { type: Array, element: Object },
        messages: { type: Array, element: String, optional: true },
        progress: Object,
        busy: Boolean,
        onBack: Function,
        onSkip: Function,
        onFinish: Function,
    };

    setup() {
        this.state = useState({ now: Date.now() });
        onMounted(() => {
            this.tick = browser.setInterval(() => (this.state.now = Date.now()), 1000);
        });
        onWillUnmount(() => browser.clearInterval(this.tick));
    }

    get timer() {
        return formatTimer(Math.max(0, Math.floor((this.state.now - this.props.openedAt) / 1000)));
    }

    get progress() {
        return _t("%(done)s of %(total)s answered", this.props.progress);
    }

    get mark() {
        return MARKS[this.props.draft];
    }

    get isTrouble() {
        return ["offline", "refused"].includes(this.props.draft);
    }
}
