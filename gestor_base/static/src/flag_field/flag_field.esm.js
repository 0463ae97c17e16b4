import {Component} from "@odoo/owl";
import {Many2One, computeM2OProps} from "@web/views/fields/many2one/many2one";
import {
    Many2OneField,
    buildM2OFieldDescription,
    extractM2OFieldProps,
} from "@web/views/fields/many2one/many2one_field";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** The flag of a document: its icon in its colour, its name, its note as a hint. */
export class GestorFlagField extends Component {
    static template = "gestor_base.FlagField";
    static components = {Many2One};
    static props = {
        ...Many2OneField.props,
        isIconOnly: {type: Boolean, optional: true},
    };

    get m2oProps() {
        return computeM2OProps(this.props);
    }

    get flag() {
        return this.props.record.data[this.props.name];
    }

    get iconClass() {
        const {gestor_flag_color: color, gestor_flag_icon: icon} =
            this.props.record.data;
        if (!this.flag) {
            return "fa fa-fw fa-flag-o text-muted";
        }
        return `fa fa-fw ${icon || "fa-flag"} o_gestor_flag_color_${color || 0}`;
    }

    get hint() {
        const note = this.props.record.data.gestor_flag_note;
        if (!this.flag) {
            return _t("No flag");
        }
        return [this.flag.display_name, note].filter(Boolean).join(": ");
    }
}

export const gestorFlagField = {
    ...buildM2OFieldDescription(GestorFlagField),
    displayName: _t("Flag"),
    fieldDependencies: [
        {name: "gestor_flag_color", type: "integer"},
        {name: "gestor_flag_icon", type: "char"},
        {name: "gestor_flag_note", type: "char"},
    ],
    extractProps(staticInfo, dynamicInfo) {
        return {
            ...extractM2OFieldProps(staticInfo, dynamicInfo),
            // A flag is chosen here; it is made and changed in the configuration
            canOpen: false,
            canCreate: false,
            canCreateEdit: false,
            canQuickCreate: false,
            isIconOnly: Boolean(staticInfo.options.icon_only),
        };
    },
};

registry.category("fields").add("gestor_flag", gestorFlagField);
