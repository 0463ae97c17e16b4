import {Component, onWillStart, useState} from "@odoo/owl";
import {GestorDelegateDialog, GestorShiftDialog} from "./day_dialogs.esm";
import {getKey, getTitle} from "../calendar/calendar_lib.esm";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {GestorCalendarPanel} from "../calendar/calendar_panel.esm";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {getRemindChoices} from "../reminder/reminder_lib.esm";
import {is24HourFormat} from "@web/core/l10n/time";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useCalendarData} from "../calendar/calendar_data_hook.esm";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** Everything of one day in one list, for doing many things at once. */
export class GestorDay extends Component {
    static template = "gestor_calendar.Day";
    static components = {Dropdown, DropdownItem, GestorCalendarPanel, Layout};
    static props = {...standardActionServiceProps};
    static path = "gestor-day";

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.state = useState({
            day: DateTime.local().startOf("day"),
            isPanelOpen: false,
            items: [],
            names: {},
            chosen: new Set(),
            result: null,
        });
        this.data = useCalendarData((keepLast) => this.load(keepLast));
        this.env.config.setDisplayName(_t("Day"));
        onWillStart(() => this.data.start());
    }

    get title() {
        return getTitle("day", this.state.day);
    }

    get items() {
        return this.state.items.filter((item) => this.data.isVisible(item));
    }

    get chosen() {
        return this.items.filter((item) => this.state.chosen.has(getKey(item)));
    }

    get canChoose() {
        return this.items.filter((item) => !item.is_busy_only);
    }

    get isAllChosen() {
        const {length} = this.canChoose;
        return length > 0 && this.chosen.length === length;
    }

    get remindChoices() {
        return getRemindChoices();
    }

    get counted() {
        return _t("Chosen: %s", this.chosen.length);
    }

    getKey(item) {
        return getKey(item);
    }

    getTime(item) {
        if (item.all_day) {
            return _t("All day");
        }
        const format = is24HourFormat() ? "H:mm" : "h:mm a";
        const texts = [item.start, item.stop].map((text) => {
            const moment = deserializeDateTime(text);
            return moment.hasSame(this.state.day, "day")
                ? moment.toFormat(format)
                : moment.toFormat(`d.MM ${format}`);
        });
        return texts[0] === texts[1] ? texts[0] : texts.join("–");
    }

    // === The day ===

    async load(keepLast) {
        const items = await keepLast.add(
            this.orm.call("gestor.calendar.day", "get_day", [
                this.state.day.toISODate(),
                this.data.filters,
            ])
        );
        const keys = new Set(items.map(getKey));
        this.state.items = items;
        this.state.chosen = new Set(
            [...this.state.chosen].filter((key) => keys.has(key))
        );
    }

    show(day) {
        Object.assign(this.state, {day: day.startOf("day"), result: null});
        return this.data.reload();
    }

    move(direction) {
        return this.show(this.state.day.plus({days: direction}));
    }

    showToday() {
        return this.show(DateTime.local());
    }

    onChange(values) {
        this.data.change(values);
        return this.data.reload();
    }

    togglePanel() {
        this.state.isPanelOpen = !this.state.isPanelOpen;
    }

    // === What is chosen ===

    toggle(item) {
        const key = getKey(item);
        if (!this.state.chosen.delete(key)) {
            this.state.chosen.add(key);
        }
    }

    toggleAll() {
        this.state.chosen = new Set(
            this.isAllChosen ? [] : this.canChoose.map((item) => getKey(item))
        );
    }

    // === What is done ===

    async do(method, ...args) {
        const items = this.chosen.map((item) => [item.model, item.id]);
        this.state.result = await this.orm.call("gestor.calendar.day", method, [
            items,
            ...args,
        ]);
        await this.data.reload();
    }

    shift() {
        this.dialog.add(GestorShiftDialog, {
            day: this.state.day,
            count: this.chosen.length,
            onApply: ({day, days, skip_free: skipFree}) =>
                this.do("shift", day, days, skipFree),
        });
    }

    delegate() {
        this.dialog.add(GestorDelegateDialog, {
            count: this.chosen.length,
            onApply: (userId) => this.do("delegate", userId),
        });
    }

    finish() {
        return this.do("finish");
    }

    cancel() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Cancel what is chosen?"),
            body: this.counted,
            confirmLabel: _t("Cancel them"),
            cancelLabel: _t("Back"),
            confirm: () => this.do("cancel"),
            cancel: () => {
                // nothing is done
            },
        });
    }

    remind(minutes) {
        return this.do("remind", minutes);
    }

    async print() {
        const action = await this.orm.call("gestor.calendar.day", "print_plan", [
            this.state.day.toISODate(),
            this.data.state.preferences.user_ids,
        ]);
        await this.action.doAction(action);
    }
}

registry.category("actions").add("gestor_calendar.day", GestorDay);
