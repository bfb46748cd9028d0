import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";

/** Milliseconds between two looks while a campaign runs. */
export const PAUSE = 3000;
const SHARES = [
    ["delivered", "bg-success"],
    ["accepted", "bg-info"],
    ["failed", "bg-danger"],
    ["unknown", "bg-warning"],
    ["cancelled", "bg-secondary"],
];
const FIGURES = ["planned", "waiting", ...SHARES.map(([name]) => name)];

/** `<widget name="dcrc_text_progress"/>`: how far a text campaign is; looks again while it runs. */
export class TextProgress extends Component {
    static template = "dcrc_dealer.TextProgress";
    static props = { ...standardWidgetProps };

    setup() {
        useRefresh(() => this.look(), { pace: PAUSE, when: () => this.isRunning });
    }

    /** Read the figures again; never over what somebody is typing. */
    async look() {
        const { record } = this.props;
        if (!(await record.isDirty())) {
            await record.load();
        }
    }

    get isRunning() {
        return this.props.record.data.state === "running";
    }

    get figures() {
        return this.props.record.data;
    }

    get done() {
        return SHARES.reduce((sum, [name]) => sum + (this.figures[name] || 0), 0);
    }

    get told() {
        return _t("%(done)s of %(planned)s texts are settled", { done: this.done, planned: this.figures.planned });
    }

    get shares() {
        const all = this.figures.planned || 1;
        return SHARES.filter(([name]) => this.figures[name]).map(([name, color]) => ({
            name,
            color,
            width: `${(100 * this.figures[name]) / all}%`,
        }));
    }
}

export const textProgress = {
    component: TextProgress,
    fieldDependencies: [
        { name: "state", type: "selection" },
        ...FIGURES.map((name) => ({ name, type: "integer" })),
    ],
};

registry.category("view_widgets").add("dcrc_text_progress", textProgress);
