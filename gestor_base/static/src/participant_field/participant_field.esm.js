import {useOpenX2ManyRecord, useX2ManyCrud} from "@web/views/fields/relational_utils";
import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {imageUrl} from "@web/core/utils/urls";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Who takes part in a document: avatar, name and role; a dialog adds and changes. */
export class GestorParticipantField extends Component {
    static template = "gestor_base.ParticipantField";
    static props = {...standardFieldProps};

    setup() {
        const {saveRecord, updateRecord, removeRecord} = useX2ManyCrud(
            () => this.list,
            false
        );
        this.removeRecord = removeRecord;
        this.openRecord = useOpenX2ManyRecord({
            resModel: this.list.resModel,
            activeField: this.activeField,
            activeActions: {create: true, delete: true, edit: true, write: true},
            getList: () => this.list,
            saveRecord,
            updateRecord,
        });
    }

    get list() {
        return this.props.record.data[this.props.name];
    }

    get activeField() {
        const {fields, activeFields} = this.list;
        return {
            fields,
            activeFields,
            views: {},
            viewMode: "list",
            string: _t("Participants"),
        };
    }

    get participants() {
        return this.list.records.map((record) => ({
            record,
            name: record.data.user_id ? record.data.user_id.display_name : "",
            role: record.data.role_id ? record.data.role_id.display_name : "",
            color: record.data.role_color || 0,
            image: record.data.user_id
                ? imageUrl("res.users", record.data.user_id.id, "avatar_128")
                : "",
        }));
    }

    add() {
        return this.openRecord({
            title: _t("Add a participant"),
            context: this.props.context,
            mode: "edit",
        });
    }

    edit(record) {
        if (!this.props.readonly) {
            return this.openRecord({
                record,
                title: _t("Participant"),
                context: this.props.context,
                mode: "edit",
            });
        }
    }
}

export const gestorParticipantField = {
    component: GestorParticipantField,
    displayName: _t("Participants"),
    supportedTypes: ["one2many"],
    relatedFields: [
        {name: "user_id", type: "many2one", relation: "res.users"},
        {name: "role_id", type: "many2one", relation: "gestor.participant.role"},
        {name: "role_color", type: "integer"},
    ],
    useSubView: false,
};

registry.category("fields").add("gestor_participants", gestorParticipantField);
