import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {normalize} from "@web/core/l10n/utils";

/** Lets the user find an autotext by its name in any language. */
export class AutotextPicker extends Component {
    static template = "gestor_texts.AutotextPicker";
    static components = {Dialog};
    static props = {
        close: Function,
        model: {type: [String, Boolean], optional: true},
        onSelect: Function,
    };

    setup() {
        this.title = _t("Insert an autotext");
        this.orm = useService("orm");
        this.list = useRef("list");
        this.state = useState({query: "", active: 0});
        useAutofocus({refName: "search"});
        onWillStart(async () => {
            this.items = await this.orm.call("gestor.autotext", "get_picker_items", [
                this.props.model || false,
            ]);
        });
    }

    /** Autotexts whose names hold each typed word. */
    get found() {
        const words = normalize(this.state.query).split(/\s+/);
        return this.items.filter((item) => {
            const text = normalize([item.group, ...item.names].join(" "));
            return words.every((word) => text.includes(word));
        });
    }

    /** The same, as `[{name, items}]` in the order of the server. */
    get groups() {
        const groups = new Map();
        this.found.forEach((item, index) => {
            if (!groups.has(item.group)) {
                groups.set(item.group, {name: item.group, items: []});
            }
            groups.get(item.group).items.push({...item, index});
        });
        return [...groups.values()];
    }

    onInput(ev) {
        this.state.query = ev.target.value;
        this.state.active = 0;
    }

    onKeydown(ev) {
        const steps = {ArrowDown: 1, ArrowUp: -1};
        const count = this.found.length;
        if (ev.key in steps && count) {
            this.state.active = (this.state.active + steps[ev.key] + count) % count;
            const items = this.list.el.querySelectorAll(".gestor_autotext_item");
            items[this.state.active].scrollIntoView({block: "nearest"});
        } else if (ev.key === "Enter" && count) {
            this.select(this.found[this.state.active]);
        } else {
            return;
        }
        ev.preventDefault();
    }

    select(item) {
        this.props.onSelect({code: item.code, name: item.name});
        this.props.close();
    }
}
