import { Component } from "@odoo/owl";

/** Counts of the day; each opens the very list it counted. */
export class TodayTiles extends Component {
    static template = "dcrc_dealer.TodayTiles";
    static props = { tiles: { type: Array, element: Object }, onOpen: Function };

    /** Colour is for lateness and mood only, and only where there is some. */
    levelClass(tile) {
        return tile.count && tile.level !== "normal" ? `o_dcrc_tile_${tile.level}` : "";
    }
}
