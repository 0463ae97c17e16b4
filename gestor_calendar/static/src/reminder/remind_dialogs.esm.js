import {Component, useState} from "@odoo/owl";
import {getRemindChoices, getTomorrow} from "./reminder_lib.esm";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {Dialog} from "@web/core/dialog/dialog";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {localization} from "@web/core/l10n/localization";
import {registry} from "@web/core/registry";
import {session} from "@web/session";
import {toServer} from "../calendar/calendar_lib.esm";
import {useService} from "@web/core/utils/hooks";

/** Asks for a moment. */
export class OwnTimeDialog extends Component {
    static template = "gestor_calendar.OwnTimeDialog";
    static components = {DateTimeInput, Dialog};
    static props = {onApply: Function, close: Function};

    setup() {
        this.state = useState({moment: getTomorrow()});
        // nobody is reminded to the second
        this.format = localization.dateTimeFormat.replace(":ss", "");
    }

    async apply() {
        await this.props.onApply(this.state.moment);
        this.props.close();
    }
}

/** Asks when to remind of one thing. */
export class RemindDialog extends Component {
    static template = "gestor_calendar.RemindDialog";
    static components = {Dialog};
    static props = {resModel: String, resId: Number, close: Function};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
    }

    get choices() {
        return getRemindChoices();
    }

    async remind(minutes, moment) {
        const {resModel, resId} = this.props;
        await this.orm.call("gestor.reminder", "remind", [
            resModel,
            resId,
            minutes,
            moment,
        ]);
        this.notification.add(_t("You will be reminded."), {type: "success"});
        this.props.close();
    }

    chooseTime() {
        this.dialog.add(OwnTimeDialog, {
            onApply: (moment) => this.remind(false, toServer(moment)),
        });
    }
}

/** In the menu of every form of what stands in the calendar. */
export class RemindMenuItem extends Component {
    static template = "gestor_calendar.RemindMenuItem";
    static components = {DropdownItem};
    static props = {};

    setup() {
        this.dialog = useService("dialog");
    }

    async open() {
        const {root} = this.env.model;
        if (await root.save()) {
            this.dialog.add(RemindDialog, {
                resModel: root.resModel,
                resId: root.resId,
            });
        }
    }
}

registry.category("cogMenu").add(
    "gestor_calendar.remind",
    {
        Component: RemindMenuItem,
        groupNumber: 10,
        isDisplayed: ({config, model}) =>
            config.viewType === "form" &&
            Boolean(model?.root) &&
            (session.gestor_calendar_models || []).includes(model.root.resModel),
    },
    {sequence: 50}
);
