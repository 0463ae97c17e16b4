import {getSearchKinds, openSearch} from "./search_provider.esm";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

/** The magnifying glass in the bar: whoever does not know the keys clicks here. */
export class GestorSearchSystray extends Component {
    static template = "gestor_base.SearchSystray";
    static props = {};

    setup() {
        this.command = useService("command");
    }

    get hint() {
        return _t("Search in Gestor (Ctrl+K, then =)");
    }

    onClick() {
        openSearch(this.command);
    }
}

registry.category("systray").add(
    "gestor_base.search",
    {
        Component: GestorSearchSystray,
        isDisplayed: () => getSearchKinds().length > 0,
    },
    {sequence: 120}
);
