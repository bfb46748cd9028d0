import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";

import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What each column of a list means: recognized, and put right here where it is not. */
export class DmsColumnsField extends Component {
    static template = "dcrc_dealer.DmsColumnsField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ choices: [] });
        onWillStart(() => this.loadChoices(this.props.record.data.kind));
        onWillUpdateProps((props) => this.loadChoices(props.record.data.kind));
    }

    get columns() {
        return this.props.record.data[this.props.name] || [];
    }

    get missing() {
        const found = new Set(this.columns.map((column) => column.column));
        return this.state.choices.filter((choice) => choice.required && !found.has(choice.name));
    }

    async loadChoices(kind) {
        if (kind && kind !== this.kind) {
            this.kind = kind;
            this.state.choices = await this.orm.call("dcrc.dms.mapping", "get_columns", [kind]);
        }
    }

    labelOf(name) {
        return this.state.choices.find((choice) => choice.name === name)?.label || "";
    }

    /** A field stands in one column: whoever had it before loses it. */
    async onChange(place, name) {
        const columns = this.columns.map((column, index) => {
            if (index === place) {
                return { ...column, column: name };
            }
            return name && column.column === name ? { ...column, column: "" } : column;
        });
        await this.props.record.update({ [this.props.name]: columns });
    }

    async apply() {
        await this.props.record.save();
    }
}

export const dmsColumnsField = {
    component: DmsColumnsField,
    supportedTypes: ["json"],
    fieldDependencies: [{ name: "kind", type: "selection" }],
};

registry.category("fields").add("dcrc_dms_columns", dmsColumnsField);
