import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";

/**
 * A figure in a pivot: "–" where nothing can be said, never 0.
 *
 * @param {number|false|null} value
 * @param {Object} [options]
 */
export function formatFigure(value, options) {
    return typeof value === "number" ? formatFloat(value, { ...options, digits: [16, 1] }) : "–";
}

/** An amount of money in a pivot, whatever the field keeps behind the point. */
export function formatAmount(value, options) {
    return formatFloat(value || 0, { ...options, digits: [16, 2] });
}

registry.category("formatters").add("dcrc_figure", formatFigure);
registry.category("formatters").add("dcrc_amount", formatAmount);
