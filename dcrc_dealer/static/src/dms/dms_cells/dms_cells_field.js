import { Component } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** The cells of one row: what is wrong stands beside its cell, and is mended in it. */
export class DmsCellsField extends Component {
    static template = "dcrc_dealer.DmsCellsField";
    static props = { ...standardFieldProps };

    get cells() {
        const cells = this.props.record.data[this.props.name] || [];
        // what needs a hand comes first
        return [...cells].sort((a, b) => Boolean(b.reasons.length) - Boolean(a.reasons.length));
    }

    get extra() {
        return Object.entries(this.props.record.data.extra || {});
    }

    async onChange(name, text) {
        const cells = this.props.record.data[this.props.name].map((cell) =>
            cell.column === name ? { ...cell, text } : cell
        );
        await this.props.record.update({ [this.props.name]: cells });
    }
}

export const dmsCellsField = {
    component: DmsCellsField,
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "extra", type: "json" }],
};

registry.category("fields").add("dcrc_dms_cells", dmsCellsField);
