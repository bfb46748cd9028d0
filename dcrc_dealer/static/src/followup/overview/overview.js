import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { Component, onWillStart, useState } from "@odoo/owl";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";
import { TodaySearch } from "../today/today_search/today_search";
import { formatMoment } from "../console/console_format";
import { TodayTiles } from "../today/today_tiles/today_tiles";

const REFRESH = 60000;

/** The first page of managers and general managers: how the center stands, and who has what. */
export class Overview extends Component {
    static template = "dcrc_dealer.Overview";
    static components = { TodaySearch, TodayTiles };
    static props = { ...standardActionServiceProps };

    setup() {
        this.console = useService("dcrc_console");
        this.action = useService("action");
        this.state = useState({ data: null });
        this.formatMoment = formatMoment;
        onWillStart(() => this.load());
        this.refresh = useRefresh(() => this.load(true), { pace: REFRESH });
    }

    get data() {
        return this.state.data;
    }

    /** A rate of too few cases is no rate. */
    get rateText() {
        const { rate } = this.data.success;
        return rate === null ? "–" : `${rate.toFixed(1)}%`;
    }

    get isBelowTarget() {
        const { rate, target } = this.data.success;
        return rate !== null && rate < target;
    }

    get successText() {
        const { target, effective, due, missed } = this.data.success;
        return _t("Target %(target)s %, effective %(effective)s of %(due)s, missed %(missed)s", {
            target,
            effective,
            due,
            missed,
        });
    }

    name(person) {
        return person.user_id ? person.name : _t("Nobody yet");
    }

    async load(silent = false) {
        this.state.data = await this.console.getOverview(silent);
    }

    openRecord(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.res_model,
            res_id: row.res_id,
            views: [[false, "form"]],
        });
    }

    openAction(action) {
        return this.action.doAction(action);
    }
}

Overview.displayName = _t("Overview");
registry.category("actions").add("dcrc_dealer.overview", Overview);
