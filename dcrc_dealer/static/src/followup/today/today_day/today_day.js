import { Component } from "@odoo/owl";
import { formatClock } from "../../console/console_format";

/** The day's fixed points: times promised to customers, and open problems. */
export class TodayDay extends Component {
    static template = "dcrc_dealer.TodayDay";
    static props = { items: { type: Array, element: Object }, onOpen: Function };

    setup() {
        this.formatClock = formatClock;
    }
}
