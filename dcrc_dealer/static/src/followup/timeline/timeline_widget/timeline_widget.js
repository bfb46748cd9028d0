import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { Component } from "@odoo/owl";
import { Timeline } from "../timeline/timeline";

/**
 * `<widget name="dcrc_timeline"/>` in a form of res.partner; with
 * `partner_field="owner_id"` in a form of anything that has a customer.
 */
export class TimelineWidget extends Component {
    static template = "dcrc_dealer.TimelineWidget";
    static components = { Timeline };
    static props = { ...standardWidgetProps, partnerField: { type: String, optional: true } };

    get partnerId() {
        const { record, partnerField } = this.props;
        return (partnerField ? record.data[partnerField]?.id : record.resId) || false;
    }
}

export const timelineWidget = {
    component: TimelineWidget,
    extractProps: ({ attrs }) => ({ partnerField: attrs.partner_field }),
    fieldDependencies: ({ attrs }) =>
        attrs.partner_field ? [{ name: attrs.partner_field, type: "many2one" }] : [],
};

registry.category("view_widgets").add("dcrc_timeline", timelineWidget);
