import { registry } from "@web/core/registry";
import { formatPercentage } from "@web/views/fields/formatters";

/**
 * A rate in a pivot: "–" where nothing can be said, never 0 %.
 *
 * @param {number|false|null} value share of 1
 * @param {Object} [options]
 */
export function formatRate(value, options) {
    return typeof value === "number" ? formatPercentage(value, { ...options, digits: [16, 1] }) : "–";
}

registry.category("formatters").add("dcrc_rate", formatRate);
