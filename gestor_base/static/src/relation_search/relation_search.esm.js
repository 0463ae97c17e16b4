import {AutoComplete} from "@web/core/autocomplete/autocomplete";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const MIN_LENGTH = 3;

/** A reference found by what is known of it, whatever kind of document it is. */
export class GestorDocumentSearch extends Component {
    static template = "gestor_base.DocumentSearch";
    static components = {AutoComplete};
    static props = {
        ...standardFieldProps,
        placeholder: {type: String, optional: true},
    };

    setup() {
        this.orm = useService("orm");
    }

    get value() {
        return this.props.record.data[this.props.name]?.displayName || "";
    }

    get sources() {
        return [
            {
                options: (text) => this.find(text),
                optionSlot: "option",
                placeholder: _t("Searching..."),
            },
        ];
    }

    async find(text) {
        if (text.trim().length < MIN_LENGTH) {
            return [{label: _t("Type at least three characters.")}];
        }
        const labels = new Map(this.props.record.fields[this.props.name].selection);
        const hits = await this.orm.silent.call("gestor.search", "search_everywhere", [
            text,
        ]);
        const options = hits
            .filter(({model}) => labels.has(model))
            .map((hit) => ({
                data: {...hit, kind: labels.get(hit.model)},
                label: hit.title,
                onSelect: () => this.choose(hit),
            }));
        return options.length ? options : [{label: _t("Nothing found.")}];
    }

    choose({model, id, title}) {
        return this.props.record.update({
            [this.props.name]: {resModel: model, resId: id, displayName: title},
        });
    }
}

registry.category("fields").add("gestor_document_search", {
    component: GestorDocumentSearch,
    displayName: _t("Search of documents"),
    supportedTypes: ["reference"],
    extractProps: ({placeholder}) => ({placeholder}),
});
