import {Component, useState} from "@odoo/owl";
import {getSnoozeChoices, getTomorrow} from "./reminder_lib.esm";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {OwnTimeDialog} from "./remind_dialogs.esm";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {hasReminders} from "./reminder_service.esm";
import {registry} from "@web/core/registry";
import {toServer} from "../calendar/calendar_lib.esm";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** The list of due reminders; it stays until each is put off or dismissed. */
export class GestorReminderPanel extends Component {
    static template = "gestor_calendar.ReminderPanel";
    static components = {Dropdown, DropdownItem};
    static props = {};

    setup() {
        this.reminders = useService("gestor_reminder");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState(this.reminders.state);
    }

    get choices() {
        return getSnoozeChoices();
    }

    getTime(row) {
        const day = DateTime.fromISO(row.start.slice(0, 10));
        return row.all_day
            ? day.toLocaleString(DateTime.DATE_MED)
            : deserializeDateTime(row.start).toLocaleString(DateTime.DATETIME_MED);
    }

    hide() {
        this.state.isOpen = false;
    }

    snooze(rows, key) {
        const ids = rows.map(({id}) => id);
        if (key === "tomorrow") {
            return this.reminders.snoozeUntil(ids, toServer(getTomorrow()));
        }
        if (key === "own") {
            return this.dialog.add(OwnTimeDialog, {
                onApply: (moment) => this.reminders.snoozeUntil(ids, toServer(moment)),
            });
        }
        return this.reminders.snooze(ids, Number(key));
    }

    dismiss(rows) {
        return this.reminders.dismiss(rows.map(({id}) => id));
    }

    open(row) {
        this.hide();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.res_id,
            views: [[false, "form"]],
        });
    }
}

/** The bell in the bar, with the number of due reminders. */
export class GestorReminderSystray extends Component {
    static template = "gestor_calendar.ReminderSystray";
    static props = {};

    setup() {
        this.state = useState(useService("gestor_reminder").state);
    }

    get hint() {
        return _t("Reminders: %s", this.state.due.length);
    }

    toggle() {
        this.state.isOpen = !this.state.isOpen;
    }
}

if (hasReminders()) {
    registry
        .category("main_components")
        .add("gestor_calendar.reminders", {Component: GestorReminderPanel});
    registry
        .category("systray")
        .add(
            "gestor_calendar.reminders",
            {Component: GestorReminderSystray},
            {sequence: 28}
        );
}
