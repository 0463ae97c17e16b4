import {Component} from "@odoo/owl";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {STATIC_ACTIONS_GROUP_NUMBER} from "@web/search/action_menus/action_menus";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {user} from "@web/core/user";

/** Makes a view for roles that begins as the screen is now. */
export class GestorRoleViewMenu extends Component {
    static template = "gestor_templates.RoleViewMenu";
    static components = {DropdownItem};
    static props = {};

    async open() {
        // The menu closes with the click, and calls of a closed component never end
        const {action, orm} = this.env.services;
        const {actionId, viewType} = this.env.config;
        const favorite = this.env.searchModel.getIrFilterValues({
            description: "",
            isDefault: false,
            isShared: true,
        });
        action.doAction(
            await orm.call("gestor.role.view", "action_from_screen", [
                actionId,
                viewType,
                favorite,
            ])
        );
    }
}

registry.category("cogMenu").add(
    "gestor-role-view",
    {
        Component: GestorRoleViewMenu,
        groupNumber: STATIC_ACTIONS_GROUP_NUMBER,
        isDisplayed: ({config, searchModel}) =>
            user.isSystem &&
            Boolean(config.actionId) &&
            ["kanban", "list"].includes(config.viewType) &&
            (session.gestor_template_models || []).includes(searchModel?.resModel),
    },
    {sequence: 6}
);
