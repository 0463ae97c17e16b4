import {Component, onWillStart, useState} from "@odoo/owl";
import {SCALES, getExtent, getLanes, getMoment, snap} from "./plan_layout.esm";
import {deserializeDateTime, serializeDateTime} from "@web/core/l10n/dates";
import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useBookingDrag} from "./drag_hook.esm";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const LANE_HEIGHT = 30;
const SCALE_KEY = "gestor_resources.plan_scale";

/** The plan of bookings: a row for each resource, free ones too. */
export class GestorBookingPlan extends Component {
    static template = "gestor_resources.BookingPlan";
    static components = {Layout};
    static props = {...standardActionServiceProps};
    static path = "gestor-booking-plan";

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.display = {controlPanel: {}};
        const scale = browser.localStorage.getItem(SCALE_KEY);
        this.state = useState({
            scale: scale in SCALES ? scale : "week",
            day: DateTime.local().startOf("day"),
            kindId: false,
            text: "",
            plan: {rows: [], bookings: [], outages: [], kinds: [], can_book: false},
        });
        this.drag = useBookingDrag((...args) => this.onDrop(...args));
        this.onSearch = useDebounced((ev) => {
            this.state.text = ev.target.value;
            this.load();
        }, 300);
        this.env.config.setDisplayName(_t("Plan of bookings"));
        onWillStart(() => this.load());
    }

    get scales() {
        return [
            ["day", _t("Day")],
            ["week", _t("Week")],
            ["fortnight", _t("Two weeks")],
            ["month", _t("Month")],
        ];
    }

    // === The window ===

    get first() {
        const {day, scale} = this.state;
        return scale === "day" ? day : day.startOf("week");
    }

    get last() {
        return this.first.plus({days: SCALES[this.state.scale].days});
    }

    get span() {
        return {start: this.first.toMillis(), stop: this.last.toMillis()};
    }

    get title() {
        const last = this.last.minus({days: 1});
        const format = {day: "numeric", month: "long", year: "numeric"};
        if (this.state.scale === "day") {
            return this.first.toLocaleString({...format, weekday: "long"});
        }
        return `${this.first.toLocaleString(format)} – ${last.toLocaleString(format)}`;
    }

    get ticks() {
        const {scale} = this.state;
        const isDay = scale === "day";
        return Array.from({length: SCALES[scale].ticks}, (_none, index) => {
            const moment = this.first.plus(isDay ? {hours: index} : {days: index});
            const format = isDay
                ? {hour: "numeric", minute: "2-digit"}
                : scale === "month"
                  ? {day: "numeric"}
                  : {weekday: "short", day: "numeric", month: "numeric"};
            return {
                key: moment.toMillis(),
                label: moment.toLocaleString(format),
                isWeekend: !isDay && moment.weekday > 5,
                isToday: !isDay && moment.hasSame(DateTime.local(), "day"),
            };
        });
    }

    get nowStyle() {
        const now = Date.now();
        const {left} = getExtent({start: now, stop: now}, this.span);
        return now > this.span.start && now < this.span.stop ? `left: ${left}%` : null;
    }

    // === Rows ===

    get groups() {
        const groups = new Map();
        for (const row of this.state.plan.rows) {
            if (!groups.has(row.kind)) {
                groups.set(row.kind, []);
            }
            groups.get(row.kind).push(row);
        }
        return [...groups].map(([kind, rows]) => ({kind, rows}));
    }

    get itemsByRow() {
        const rows = new Map(this.state.plan.rows.map(({id}) => [id, []]));
        for (const booking of this.state.plan.bookings) {
            rows.get(booking.resource_id)?.push(booking);
        }
        return rows;
    }

    get outagesByRow() {
        return Map.groupBy(this.state.plan.outages, ({resource_id}) => resource_id);
    }

    getRow(row, items, outages = []) {
        const {lanes, count} = getLanes(items);
        return {
            style: `min-height: ${count * LANE_HEIGHT + 8}px`,
            items: items.map((booking) => ({
                booking,
                style: this.getItemStyle(booking, lanes.get(booking)),
                hint: this.getHint(booking),
            })),
            outages: outages.map((outage) => {
                const {left, width} = getExtent(outage, this.span);
                return {...outage, style: `left: ${left}%; width: ${width}%`};
            }),
        };
    }

    getItemStyle(booking, lane) {
        const {left, width} = getExtent(booking, this.span);
        const dragged = this.drag.state;
        let style = `left: ${left}%; width: ${width}%; top: ${lane * LANE_HEIGHT + 4}px;`;
        if (dragged.booking?.id === booking.id) {
            style += dragged.isEnd
                ? `width: calc(${width}% + ${dragged.offset}px);`
                : `transform: translateX(${dragged.offset}px);`;
        }
        return style;
    }

    getHint({name, user, start, stop}) {
        const [from, to] = [start, stop].map((moment) =>
            DateTime.fromMillis(moment).toLocaleString(DateTime.DATETIME_SHORT)
        );
        return `${name}\n${user}\n${from} – ${to}`;
    }

    // === Loading ===

    async load() {
        const {kindId, text} = this.state;
        const plan = await this.orm.call("gestor.booking.plan", "get_plan", [
            serializeDateTime(this.first),
            serializeDateTime(this.last),
            kindId,
            text,
        ]);
        for (const item of [...plan.bookings, ...plan.outages]) {
            item.start = deserializeDateTime(item.start).toMillis();
            item.stop = deserializeDateTime(item.stop).toMillis();
        }
        this.state.plan = plan;
    }

    setScale(scale) {
        browser.localStorage.setItem(SCALE_KEY, scale);
        this.state.scale = scale;
        this.load();
    }

    move(direction) {
        const {scale, day} = this.state;
        const {days} = SCALES[scale];
        this.state.day =
            scale === "month"
                ? day.plus({weeks: 4 * direction})
                : day.plus({days: days * direction});
        this.load();
    }

    showToday() {
        this.state.day = DateTime.local().startOf("day");
        this.load();
    }

    onKindChange(ev) {
        this.state.kindId = Number(ev.target.value) || false;
        this.load();
    }

    // === Bookings ===

    onTrackClick(ev, row) {
        if (this.drag.wasMoved() || !this.state.plan.can_book) {
            return;
        }
        const {step} = SCALES[this.state.scale];
        const box = ev.currentTarget.getBoundingClientRect();
        const start = getMoment((ev.clientX - box.left) / box.width, this.span, step);
        this.book(row.id, DateTime.fromMillis(start));
    }

    book(resourceId, start) {
        const context = {default_start_at: serializeDateTime(start)};
        if (resourceId) {
            context.default_resource_id = resourceId;
        }
        this.open({context, title: _t("New booking")});
    }

    bookNow() {
        this.book(false, DateTime.local().startOf("hour").plus({hours: 1}));
    }

    openBooking(booking) {
        if (!this.drag.wasMoved()) {
            this.open({resId: booking.id, title: booking.name});
        }
    }

    open(props) {
        this.dialog.add(
            FormViewDialog,
            {resModel: "gestor.booking", onRecordSaved: () => this.load(), ...props},
            {onClose: () => this.load()}
        );
    }

    async onDrop(booking, way, rowId, isEnd) {
        const {step} = SCALES[this.state.scale];
        const length = snap(way * (this.span.stop - this.span.start), step);
        const vals = {stop_at: this.toServer(booking.stop + length)};
        if (!isEnd) {
            vals.start_at = this.toServer(booking.start + length);
            if (rowId && rowId !== booking.resource_id) {
                vals.resource_id = rowId;
            }
        }
        try {
            await this.orm.write("gestor.booking", [booking.id], vals);
        } finally {
            // what was refused goes back to its place
            await this.load();
        }
    }

    toServer(milliseconds) {
        return serializeDateTime(DateTime.fromMillis(milliseconds));
    }
}

registry.category("actions").add("gestor_resources.booking_plan", GestorBookingPlan);
