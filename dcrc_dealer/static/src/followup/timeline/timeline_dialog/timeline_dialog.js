import { Dialog } from "@web/core/dialog/dialog";
import { Component } from "@odoo/owl";
import { Timeline } from "../timeline/timeline";

/** The whole timeline over the call, which goes on below. */
export class TimelineDialog extends Component {
    static template = "dcrc_dealer.TimelineDialog";
    static components = { Dialog, Timeline };
    static props = { partnerId: Number, title: String, close: Function };
}
