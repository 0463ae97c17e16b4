import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {
    PropertiesField,
    propertiesField,
} from "@web/views/fields/properties/properties_field";
import {PropertyValue} from "@web/views/fields/properties/property_value";

/** The value of one own field: chosen from what there is, never made on the way. */
export class OwnValue extends PropertyValue {
    static template = "gestor_fields.OwnValue";

    get many2xActions() {
        return {create: false, createEdit: false, write: false};
    }
}

/** The own fields of a document; they are defined on their own screen only. */
export class OwnFields extends PropertiesField {
    static template = "gestor_fields.OwnFields";
    static components = {...PropertiesField.components, PropertyValue: OwnValue};

    async checkDefinitionWriteAccess() {
        return false;
    }

    _getPropertyEditWarningText() {
        return _t("Own fields are defined in Gestor > Configuration > Own fields.");
    }
}

registry.category("fields").add("gestor_own_fields", {
    ...propertiesField,
    component: OwnFields,
    displayName: _t("Own fields"),
});
