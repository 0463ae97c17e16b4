import {Component} from "@odoo/owl";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {STATIC_ACTIONS_GROUP_NUMBER} from "@web/search/action_menus/action_menus";
import {SelectCreateDialog} from "@web/views/view_dialogs/select_create_dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";

const TEMPLATE = "gestor.record.template";

/** Begins a new document with a template; asks which one if there are several. */
export class GestorNewFromTemplate extends Component {
    static template = "gestor_templates.NewFromTemplate";
    static components = {DropdownItem};
    static props = {};

    setup() {
        // The menu closes with the click, and calls of a closed component never end
        const {action, dialog, notification, orm} = this.env.services;
        Object.assign(this, {action, dialog, notification, orm});
    }

    async choose() {
        const domain = [["model", "=", this.env.searchModel.resModel]];
        const ids = await this.orm.search(TEMPLATE, domain, {limit: 2});
        if (ids.length === 1) {
            return this.create(ids);
        }
        if (!ids.length) {
            return this.notification.add(
                _t(
                    "There is no template yet. Open a document and choose Save as template in the menu under the gear."
                ),
                {type: "info"}
            );
        }
        return this.dialog.add(SelectCreateDialog, {
            title: _t("New from template"),
            resModel: TEMPLATE,
            domain,
            multiSelect: false,
            noCreate: true,
            onSelected: (selected) => this.create(selected),
        });
    }

    async create(ids) {
        const {context} = this.env.searchModel;
        const action = await this.orm.call(TEMPLATE, "action_new", [ids]);
        action.context = {...context, ...action.context};
        return this.action.doAction(action);
    }
}

registry.category("cogMenu").add(
    "gestor-new-from-template",
    {
        Component: GestorNewFromTemplate,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: ({config, searchModel}) =>
            config.actionType === "ir.actions.act_window" &&
            ["kanban", "list", "form"].includes(config.viewType) &&
            (session.gestor_template_models || []).includes(searchModel?.resModel),
    },
    {sequence: 5}
);
