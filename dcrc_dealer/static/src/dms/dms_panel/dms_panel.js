import { Component, onWillStart, useEffect, useState } from "@odoo/owl";

import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";

const LIMIT = 40;
const PACE = 1000; // milliseconds between two looks at the progress
const WORKING = ["reading", "queued", "running"];
const FIELDS = ["line", "verdict", "state", "reason_text", "order_no", "name", "plate", "vin"];
const COLOURS = {
    created: "success",
    updated: "info",
    unchanged: "secondary",
    duplicate: "secondary",
    left_out: "secondary",
    held: "danger",
};

/** A list's rows with what becomes of each: counts that filter, progress, and the rows. */
export class DmsPanel extends Component {
    static template = "dcrc_dealer.DmsPanel";
    static components = { Pager };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ verdict: "", rows: [], total: 0, offset: 0, progress: null });
        this.limit = LIMIT;
        this.keepLast = new KeepLast(); // of two answers under way the later question's counts
        let isFirst = true;
        const fields = useService("field");
        onWillStart(async () => {
            const { verdict } = await fields.loadFields("dcrc.dms.row", { fieldNames: ["verdict"] });
            this.verdicts = verdict.selection;
            await this.loadRows();
        });
        useEffect(
            () => {
                if (!isFirst) {
                    this.loadRows();
                }
                isFirst = false;
            },
            () => [this.data.state, this.data.row_count, JSON.stringify(this.data.counts)]
        );
        useRefresh(() => this.follow(), { pace: PACE, when: () => this.isWorking });
    }

    get data() {
        return this.props.record.data;
    }

    get isWorking() {
        return WORKING.includes(this.data.state);
    }

    get isShown() {
        return this.data.row_count || this.isWorking;
    }

    get percent() {
        const { done, total } = this.state.progress || {
            done: this.data.done_count,
            total: this.data.row_count,
        };
        return total ? Math.round((100 * done) / total) : 0;
    }

    get headline() {
        const total = this.data.row_count;
        switch (this.data.state) {
            case "preview":
                return _t("%s rows: this would happen. Nothing is written yet.", total);
            case "done":
                return _t("%s rows: this is what became of them.", total);
            case "reading":
                return _t("The file is being read …");
            default:
                return _t("Importing in the background: you may leave this page.");
        }
    }

    get chips() {
        const counts = (this.state.progress || this.data).counts || {};
        const before = this.data.state === "preview";
        const planned = before ? { created: _t("To create"), updated: _t("To update") } : {};
        const all = { verdict: "", label: _t("All"), count: this.data.row_count, colour: "primary" };
        const others = this.verdicts.map(([verdict, label]) => ({
            verdict,
            label: planned[verdict] || label,
            count: counts[verdict] || 0,
            colour: COLOURS[verdict],
        }));
        return [all, ...others];
    }

    /** What a row's verdict is called, and in which colour. */
    chipOf(row) {
        return this.chips.find((chip) => chip.verdict === row.verdict);
    }

    async loadRows() {
        const domain = [["import_id", "=", this.props.record.resId]];
        if (this.state.verdict) {
            domain.push(["verdict", "=", this.state.verdict]);
        }
        const specification = Object.fromEntries(FIELDS.map((name) => [name, {}]));
        const question = this.orm.webSearchRead("dcrc.dms.row", domain, {
            specification,
            order: "line",
            offset: this.state.offset,
            limit: LIMIT,
            count_limit: 1000000,
        });
        const { records, length } = await this.keepLast.add(question);
        Object.assign(this.state, { rows: records, total: length });
    }

    select(verdict) {
        Object.assign(this.state, { verdict, offset: 0 });
        return this.loadRows();
    }

    onPager({ offset }) {
        this.state.offset = offset;
        return this.loadRows();
    }

    /** Follow a run until it ends, then show what the server has. */
    async follow() {
        const id = this.props.record.resId;
        this.state.progress = await this.orm.silent.call("dcrc.dms.import", "get_progress", [id]);
        if (this.state.progress.state !== this.data.state) {
            await this.props.record.load();
        }
        if (!this.isWorking) {
            this.state.progress = null;
        }
    }

    open(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dcrc.dms.row",
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    openAll() {
        return this.action.doActionButton({
            type: "object",
            name: "action_open_rows",
            resModel: "dcrc.dms.import",
            resId: this.props.record.resId,
            context: this.state.verdict ? { dcrc_verdict: this.state.verdict } : {},
        });
    }
}

export const dmsPanel = {
    component: DmsPanel,
    fieldDependencies: [
        { name: "state", type: "selection" },
        { name: "counts", type: "json" },
        { name: "row_count", type: "integer" },
        { name: "done_count", type: "integer" },
    ],
};

registry.category("view_widgets").add("dcrc_dms_panel", dmsPanel);
