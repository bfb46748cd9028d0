import { browser } from "@web/core/browser/browser";
import { useDebounced } from "@web/core/utils/timing";
import { useService } from "@web/core/utils/hooks";
import { Component, markup, onWillStart, onWillUnmount, useState } from "@odoo/owl";
import { formatDay } from "@dcrc_dealer/followup/console/console_format";

const DELAY = 200;
const SETTLED = 3000; // a question that stands so long without an answer is noted

/** Answers at hand: looked for while talking; what nobody has an answer to is noted by itself. */
export class ArticlePanel extends Component {
    static template = "dcrc_dealer.ArticlePanel";
    static props = {};

    setup() {
        this.hotline = useService("dcrc_hotline");
        this.formatDay = formatDay;
        this.state = useState({ text: "", found: [], article: null, noted: false });
        this.search = useDebounced(() => this.find(), DELAY);
        onWillStart(() => this.find());
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    onInput(ev) {
        Object.assign(this.state, { text: ev.target.value, article: null, noted: false });
        browser.clearTimeout(this.timer);
        this.search();
    }

    /** An answer that comes after the next question is of no use. */
    async find() {
        const text = this.state.text.trim();
        const found = await this.hotline.findArticles(text);
        if (text !== this.state.text.trim()) {
            return;
        }
        this.state.found = found;
        if (text && !found.length) {
            this.timer = browser.setTimeout(() => this.note(), SETTLED);
        }
    }

    async note() {
        browser.clearTimeout(this.timer);
        this.state.noted = await this.hotline.noteMiss(this.state.text);
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing && this.state.found.length) {
            this.open(this.state.found[0].id);
        }
    }

    async open(id) {
        const article = await this.hotline.readArticle(id);
        // the server has sanitised it
        this.state.article = { ...article, body: markup(article.body) };
    }
}
