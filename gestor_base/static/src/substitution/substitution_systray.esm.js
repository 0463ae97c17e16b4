import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

/** Reminds whom the user stands in for, and that a substitute is switched on. */
export class GestorSubstitutionSystray extends Component {
    static template = "gestor_base.SubstitutionSystray";
    static components = {Dropdown, DropdownItem};
    static props = {};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.info = session.gestor_substitution;
    }

    get title() {
        return this.info.is_away ? _t("You are away") : _t("You stand in for somebody");
    }

    label(person) {
        return person.until
            ? _t("You stand in for %(name)s until %(date)s", {
                  name: person.name,
                  date: person.until,
              })
            : _t("You stand in for %(name)s", {name: person.name});
    }

    async back() {
        const action = await this.orm.call("res.users", "action_gestor_back", [
            [user.userId],
        ]);
        await this.action.doAction(action);
    }

    open() {
        return this.action.doAction("gestor_base.gestor_substitution_action");
    }
}

const {gestor_substitution: info} = session;
if (info && (info.is_away || info.acting_for.length)) {
    registry
        .category("systray")
        .add(
            "gestor_base.substitution",
            {Component: GestorSubstitutionSystray},
            {sequence: 30}
        );
}
