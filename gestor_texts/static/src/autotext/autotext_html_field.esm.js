import {HtmlField, htmlField} from "@html_editor/fields/html_field";
import {registry} from "@web/core/registry";
import {AutotextPlugin} from "./autotext_plugin.esm";

/**
 * An HTML field in which autotexts can be inserted. The option
 * `autotext_model_field` names the field that holds the model of the documents;
 * without it the text is about the records of the form's own model.
 */
export class AutotextHtmlField extends HtmlField {
    static template = "gestor_texts.AutotextHtmlField";
    static props = {
        ...HtmlField.props,
        autotextModelField: {type: String, optional: true},
    };

    getConfig() {
        const config = super.getConfig();
        return {
            ...config,
            Plugins: [...config.Plugins, AutotextPlugin],
            getAutotextModel: () => {
                const {record, autotextModelField} = this.props;
                return autotextModelField
                    ? record.data[autotextModelField]
                    : record.resModel;
            },
        };
    }

    insertAutotext() {
        this.editor?.shared.gestorAutotext.openAutotextPicker();
    }
}

registry.category("fields").add("gestor_html", {
    ...htmlField,
    component: AutotextHtmlField,
    additionalClasses: ["o_field_html"],
    extractProps({options}) {
        return {
            ...htmlField.extractProps(...arguments),
            autotextModelField: options.autotext_model_field,
        };
    },
});
