import {Component, onWillStart, useState} from "@odoo/owl";
import {
    MODES,
    getColors,
    getDropped,
    getNextHour,
    getTitle,
    getWindow,
    toServer,
} from "./calendar_lib.esm";
import {GestorCalendarGrid} from "./calendar_grid.esm";
import {GestorCalendarPanel} from "./calendar_panel.esm";
import {GestorCreationDialog} from "./creation_dialog.esm";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useCalendarData} from "./calendar_data_hook.esm";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** The common calendar: everything that has a time, of all kinds. */
export class GestorCalendar extends Component {
    static template = "gestor_calendar.Calendar";
    static components = {GestorCalendarGrid, GestorCalendarPanel, Layout};
    static props = {...standardActionServiceProps};
    static path = "gestor-calendar";

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.notification = useService("notification");
        this.display = {controlPanel: {}};
        this.state = useState({
            day: DateTime.local().startOf("day"),
            isPanelOpen: !this.env.isSmall,
            items: [],
            hours: false,
            names: {},
            // what the items are of: the grid changes when they have come
            shown: null,
            loads: 0,
        });
        this.data = useCalendarData((keepLast) => this.load(keepLast));
        this.env.config.setDisplayName(_t("Calendar"));
        onWillStart(() => this.data.start());
    }

    get mode() {
        return this.data.state.preferences.mode;
    }

    get modes() {
        return [
            ["month", _t("Month")],
            ["work_week", _t("Work week")],
            ["week", _t("Full week")],
            ["day", _t("Day")],
        ];
    }

    get title() {
        return getTitle(this.mode, this.state.day);
    }

    get items() {
        return this.state.items.filter((item) => this.data.isVisible(item));
    }

    get people() {
        const {user_ids: ids} = this.data.state.preferences;
        return ids.length ? ids : Object.keys(this.state.names).map(Number);
    }

    get gridProps() {
        const {items, people} = this;
        const {color_by: colorBy} = this.data.state.preferences;
        const {mode, day} = this.state.shown;
        return {
            mode,
            day,
            items,
            hours: this.state.hours,
            names: this.state.names,
            colors: getColors(items, colorBy, people),
            canCreate: true,
            isWeekendVisible: !MODES[mode].isWithoutWeekend,
            onOpen: (item) => this.data.open(item),
            onDrop: (...args) => this.onDrop(...args),
            onSelect: (...args) => this.create(...args),
        };
    }

    // === The window ===

    async load(keepLast) {
        const shown = {mode: this.mode, day: this.state.day};
        const {start, stop} = getWindow(shown.mode, shown.day);
        // whole days stand in no time zone: a day more on each side
        const found = await keepLast.add(
            this.orm.call("gestor.calendar", "get_items", [
                toServer(start.minus({days: 1})),
                toServer(stop.plus({days: 1})),
                this.data.filters,
            ])
        );
        Object.assign(this.state, found, {shown, loads: this.state.loads + 1});
    }

    show(day) {
        this.state.day = day.startOf("day");
        return this.data.reload();
    }

    move(direction) {
        const {step} = MODES[this.mode];
        const [[unit, count]] = Object.entries(step);
        return this.show(this.state.day.plus({[unit]: count * direction}));
    }

    showToday() {
        return this.show(DateTime.local());
    }

    setMode(mode) {
        this.data.change({mode});
        return this.data.reload();
    }

    onChange(values) {
        this.data.change(values);
        const isForServer = ["user_ids", "partner_ids", "resource_ids"].some(
            (key) => key in values
        );
        return isForServer ? this.data.reload() : undefined;
    }

    togglePanel() {
        this.state.isPanelOpen = !this.state.isPanelOpen;
    }

    print() {
        window.print();
    }

    // === Items ===

    async onDrop(item, event, revert, isMonth) {
        if (event.allDay !== item.all_day) {
            revert();
            this.notification.add(
                item.all_day
                    ? _t("What lasts all day gets its hours in its form.")
                    : _t("What has hours is made to last all day in its form."),
                {type: "warning"}
            );
            return;
        }
        const {start, stop} = getDropped(item, event, isMonth);
        try {
            await this.orm.call("gestor.calendar", "move", [
                item.model,
                item.id,
                start,
                stop,
                item.start,
                item.stop,
            ]);
        } catch (error) {
            // what was refused goes back to its place, and is where it really is
            revert();
            this.data.reload();
            throw error;
        }
        await this.data.reload();
    }

    createNow() {
        const moment = getNextHour(this.state.day);
        return this.create(toServer(moment), toServer(moment.plus({hours: 1})), false);
    }

    async create(start, stop, isAllDay) {
        const creations = await this.orm.call("gestor.calendar", "get_creations", [
            start,
            stop,
            isAllDay,
        ]);
        if (creations.length > 1) {
            this.dialog.add(GestorCreationDialog, {
                creations,
                onChoose: (creation) => this.openCreation(creation),
            });
        } else if (creations.length) {
            await this.openCreation(creations[0]);
        } else {
            this.notification.add(_t("There is nothing that you may create here."), {
                type: "warning",
            });
        }
    }

    openCreation({label, action}) {
        if (action.type === "ir.actions.act_window" && action.target !== "current") {
            return this.data.openForm({
                resModel: action.res_model,
                context: action.context || {},
                title: label,
            });
        }
        return this.action.doAction(action, {onClose: () => this.data.reload()});
    }
}

registry.category("actions").add("gestor_calendar.calendar", GestorCalendar);
