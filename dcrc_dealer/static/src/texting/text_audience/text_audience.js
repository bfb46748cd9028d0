import { registry } from "@web/core/registry";
import { DomainSelector } from "@web/core/domain_selector/domain_selector";
import { DomainField, domainField } from "@web/views/fields/domain/domain_field";

/** What staff choose customers by; everything else that Odoo keeps about a partner means nothing to them. */
const FIELDS = {
    "res.partner": [
        "name",
        "city",
        "street",
        "is_company",
        "category_id",
        "dcrc_gender",
        "dcrc_birth_date",
        "dcrc_grade",
        "dcrc_specialist_id",
        "dcrc_source",
        "dcrc_vehicle_ids",
    ],
    "fleet.vehicle": [
        "license_plate",
        "model_id",
        "dcrc_delivery_date",
        "dcrc_purchase_date",
        "dcrc_mileage",
        "dcrc_last_visit_date",
        "dcrc_service_count",
        "dcrc_next_service_date",
        "dcrc_insurance_end",
        "dcrc_warranty_due",
        "dcrc_inspection_due",
        "dcrc_stage",
        "dcrc_region",
        "dcrc_value",
    ],
};

/** A domain's editor that offers known fields only. */
export class AudienceSelector extends DomainSelector {
    getPathEditorInfo(resModel, defaultCondition) {
        const info = super.getPathEditorInfo(resModel, defaultCondition);
        return {
            ...info,
            extractProps: (params) => ({
                ...info.extractProps(params),
                filter: (field, _path, model) =>
                    field.searchable && (FIELDS[model]?.includes(field.name) ?? field.name === "name"),
            }),
        };
    }
}

/** The customers of a campaign, chosen by what staff know about them. */
export class AudienceField extends DomainField {
    static components = { ...DomainField.components, DomainSelector: AudienceSelector };
}

registry.category("fields").add("dcrc_audience", { ...domainField, component: AudienceField });
