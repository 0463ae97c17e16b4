import {
    SelectionField,
    selectionField,
} from "@web/views/fields/selection/selection_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** A key chosen among the options that another field of the record holds. */
export class GestorChoiceField extends SelectionField {
    setup() {
        super.setup();
        this.type = "selection";
    }

    get options() {
        return this.props.record.data.options || [];
    }

    get string() {
        const option = this.options.find(([key]) => key === this.value);
        return option ? option[1] : "";
    }
}

registry.category("fields").add("gestor_choice", {
    ...selectionField,
    component: GestorChoiceField,
    displayName: _t("Choice"),
    supportedTypes: ["char"],
    fieldDependencies: [{name: "options", type: "json"}],
});
