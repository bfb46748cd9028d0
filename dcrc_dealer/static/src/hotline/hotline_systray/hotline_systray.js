import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Component } from "@odoo/owl";
import { useRefresh } from "@dcrc_dealer/foundations/refresh/use_refresh";

const PACE = 2000; // as fast as the bus is meant to be

/** The headset at the top: a new record, wherever one is; asks what rings while the bus is silent. */
export class HotlineSystray extends Component {
    static template = "dcrc_dealer.HotlineSystray";
    static props = {};

    setup() {
        this.hotline = useService("dcrc_hotline");
        useRefresh(() => this.hotline.look(), { pace: PACE, when: () => this.hotline.isDeaf() });
    }
}

registry
    .category("systray")
    .add("dcrc_dealer.HotlineSystray", { Component: HotlineSystray, isDisplayed: (env) => env.services.dcrc_hotline.isOpen }, { sequence: 30 });
