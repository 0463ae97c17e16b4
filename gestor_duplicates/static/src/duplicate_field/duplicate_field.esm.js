import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

const HEAD_OFFICE = "gestor_head_office_id";
const DECISIONS = "gestor_duplicate_decisions";

/** Asks why two clients are not one; an answer is not needed. */
export class GestorDuplicateNoteDialog extends Component {
    static template = "gestor_duplicates.NoteDialog";
    static components = {Dialog};
    static props = {
        close: Function,
        confirm: Function,
        name: String,
    };

    setup() {
        this.state = useState({note: ""});
        this.title = _t("Not a duplicate");
    }

    confirm() {
        this.props.confirm(this.state.note.trim());
        this.props.close();
    }
}

/** The clients that the one in the form may be the same as, and what to do about it. */
export class GestorDuplicateField extends Component {
    static template = "gestor_duplicates.DuplicateField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.orm = useService("orm");
    }

    get record() {
        return this.props.record;
    }

    get hint() {
        return this.record.data[this.props.name] || false;
    }

    get isNew() {
        return this.record.isNew;
    }

    get canDecide() {
        return this.record.isInEdition;
    }

    canBranch(row) {
        return this.canDecide && row.is_company && this.record.data.is_company;
    }

    canGoOn(row) {
        return this.canDecide && (!row.is_blocked || this.hint.can_go_on);
    }

    describe(row) {
        const nip = row.nip && `NIP ${row.nip}`;
        return [row.city, nip, row.kind, row.guardian].filter(Boolean).join(" · ");
    }

    /** Open the found client, or choose it in the field that the dialog came from. */
    async onUse(row) {
        const action = await this.orm.call("res.partner", "action_gestor_use", [
            [row.id],
        ]);
        if (this.env.gestorChooseRecord) {
            await this.env.gestorChooseRecord(row.id, row.name);
            return;
        }
        // What was typed is not wanted: leaving the form would save it
        await this.record.discard();
        await this.action.doAction(action);
    }

    onOpen(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: row.id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    async onMerge(row) {
        if (await this.record.save()) {
            await this.action.doAction(
                "gestor_duplicates.gestor_duplicate_merge_action",
                {
                    additionalContext: {
                        active_model: "res.partner",
                        active_ids: [row.id, this.record.resId],
                    },
                }
            );
        }
    }

    onBranch(row) {
        return this.record.update({
            [HEAD_OFFICE]: {id: row.id, display_name: row.name},
        });
    }

    onHeadOffice(row) {
        return this.decide({id: row.id, what: "head_office"});
    }

    onGoOn(row) {
        this.dialog.add(GestorDuplicateNoteDialog, {
            name: row.name,
            confirm: (note) => this.decide({id: row.id, what: "go_on", note}),
        });
    }

    decide(decision) {
        const decisions = this.record.data[DECISIONS] || [];
        return this.record.update({[DECISIONS]: [...decisions, decision]});
    }
}

registry.category("fields").add("gestor_duplicates", {
    component: GestorDuplicateField,
    displayName: _t("Possible duplicates"),
    supportedTypes: ["json"],
    fieldDependencies: [
        {name: "is_company", type: "boolean"},
        {name: DECISIONS, type: "json"},
        {name: HEAD_OFFICE, type: "many2one", relation: "res.partner"},
    ],
});
