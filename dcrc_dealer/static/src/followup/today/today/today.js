import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useExternalListener, useState } from "@odoo/owl";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";
import { formatMoment } from "../../console/console_format";
import { TodayDay } from "../today_day/today_day";
import { TodayQueue } from "../today_queue/today_queue";
import { TodaySearch } from "../today_search/today_search";
import { TodayTeam } from "../today_team/today_team";
import { TodayTiles } from "../today_tiles/today_tiles";

const REFRESH = 60000;
const SCOPE = "dcrc_dealer.today.team"; // what a manager looked at last, on this device

/** What a specialist sees after login: what is due, who is next, what waits. */
export class Today extends Component {
    static template = "dcrc_dealer.Today";
    static components = { TodayDay, TodayQueue, TodaySearch, TodayTeam, TodayTiles };
    static props = {
        ...standardActionServiceProps,
        messages: { type: Array, element: String, optional: true }, // what came of the call before
    };

    setup() {
        this.console = useService("dcrc_console");
        this.action = useService("action");
        this.ui = useService("ui");
        this.state = useState({ data: null, team: this.rememberedTeam, busy: false });
        onWillStart(() => this.load());
        this.refresh = useRefresh(() => this.load(true), { pace: REFRESH, when: () => !this.state.busy });
        useExternalListener(browser, "keydown", (ev) => this.onKeydown(ev));
    }

    /** Null as long as nobody chose: then the server decides by the role. */
    get rememberedTeam() {
        const kept = browser.localStorage.getItem(SCOPE);
        return kept === null ? null : kept === "1";
    }

    get data() {
        return this.state.data;
    }

    get progressText() {
        return _t("%(done)s of %(total)s done", this.data.progress);
    }

    get progressPercent() {
        const { done, total } = this.data.progress;
        return total ? Math.round((100 * done) / total) : 0;
    }

    get listsText() {
        const { last } = this.data.lists;
        return last ? _t("Lists: %(moment)s", { moment: formatMoment(last) }) : _t("No lists yet");
    }

    async load(silent = false) {
        this.state.data = await this.console.getToday(this.state.team, silent);
    }

    async showTeam(team) {
        this.state.team = team;
        browser.localStorage.setItem(SCOPE, team ? "1" : "0");
        await this.load();
    }

    async nextCall() {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.console.showCall();
        } finally {
            this.state.busy = false;
        }
    }

    openContact(contactId) {
        return this.console.showCall(contactId);
    }

    openAction(action) {
        return this.action.doAction(action);
    }

    openRecord(resModel, resId) {
        return resModel === "dcrc.contact"
            ? this.console.showCall(resId)
            : this.console.showRecord(resModel, resId);
    }

    /** Enter is "next call" unless it belongs to what has the focus. */
    onKeydown(ev) {
        const owned = ev.target?.closest?.("button, a, input, textarea, select, .o_dialog");
        if (ev.key !== "Enter" || ev.isComposing || owned || this.ui.activeElement !== document) {
            return;
        }
        ev.preventDefault();
        this.nextCall();
    }
}

Today.displayName = _t("My Day");
registry.category("actions").add("dcrc_dealer.today", Today);
