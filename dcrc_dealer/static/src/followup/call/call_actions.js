import { registry } from "@web/core/registry";

/**
 * What other rooms let a call do, as far as the dealer uses them.
 *
 * @param {import("./call_state").CallState} call
 * @returns {Object[]}
 */
export function callActions({ payload }) {
    const actions = registry.category("dcrc_call_actions").getAll();
    return actions.filter(({ room }) => !room || payload.rooms.includes(room));
}
