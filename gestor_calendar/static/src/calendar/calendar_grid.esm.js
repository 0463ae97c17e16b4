import {
    MODES,
    getFreeDays,
    getKey,
    getShades,
    getWindow,
    toDayText,
    toEvent,
    toServer,
} from "./calendar_lib.esm";
import {Component, useEffect} from "@odoo/owl";
import {getLocalYearAndWeek} from "@web/core/l10n/dates";
import {is24HourFormat} from "@web/core/l10n/time";
import {localization} from "@web/core/l10n/localization";
import {renderToFragment} from "@web/core/utils/render";
import {useFullCalendar} from "@web/views/calendar/hooks/full_calendar_hook";

const {DateTime} = luxon;
const HEADERS = {month: "EEEE", work_week: "EEE d", week: "EEE d", day: "DDDD"};

/** The grid of the common calendar, drawn by the host's FullCalendar. */
export class GestorCalendarGrid extends Component {
    static template = "gestor_calendar.CalendarGrid";
    static props = {
        mode: String,
        day: Object,
        items: Array,
        hours: {type: [Array, Boolean]},
        colors: Map,
        names: Object,
        canCreate: Boolean,
        isWeekendVisible: Boolean,
        onOpen: Function,
        onDrop: Function,
        onSelect: Function,
    };

    setup() {
        this.fc = useFullCalendar("calendar", this.options);
        const observer = new ResizeObserver(() => this.fc.api?.updateSize());
        useEffect(
            (el) => {
                observer.observe(el);
                return () => observer.disconnect();
            },
            () => [this.fc.el]
        );
    }

    get isMonth() {
        return this.props.mode === "month";
    }

    get span() {
        return getWindow(this.props.mode, this.props.day);
    }

    get itemByKey() {
        return new Map(this.props.items.map((item) => [getKey(item), item]));
    }

    get options() {
        const {mode} = this.props;
        const hour = is24HourFormat()
            ? {hour: "numeric", minute: "2-digit", hour12: false}
            : {hour: "numeric", minute: "2-digit", omitZeroMinute: true, hour12: true};
        return {
            initialView: MODES[mode].view,
            initialDate: this.props.day.toISO(),
            events: (_info, done) => done(this.getEvents()),
            timeZone: luxon.Settings.defaultZone.name,
            locale: luxon.Settings.defaultLocale,
            direction: localization.direction,
            firstDay: localization.weekStart % 7,
            weekends: this.props.isWeekendVisible,
            // of the view: the host's hook takes those of the calendar for its own model
            views: {[MODES[mode].view]: {weekNumbers: true}},
            weekNumberFormat: {week: "short"},
            weekNumberCalculation: (date) => getLocalYearAndWeek(date).week,
            dayHeaderFormat: this.isMonth && this.env.isSmall ? "EEE" : HEADERS[mode],
            slotLabelFormat: hour,
            eventTimeFormat: hour,
            allDayContent: "",
            headerToolbar: false,
            height: "100%",
            nowIndicator: true,
            navLinks: false,
            fixedWeekCount: false,
            dayMaxEventRows: true,
            moreLinkClick: "popover",
            eventDisplay: "block",
            eventInteractive: true,
            editable: true,
            eventResizableFromStart: !this.isMonth,
            selectable: this.props.canCreate,
            selectMirror: true,
            selectMinDistance: 5,
            longPressDelay: 500,
            scrollTime: "07:00:00",
            slotDuration: "00:30:00",
            snapDuration: {minutes: 15},
            slotEventOverlap: false,
            dayCellClassNames: this.getDayClasses,
            eventClassNames: this.getEventClasses,
            eventContent: this.getEventContent,
            eventDidMount: this.onEventMounted,
            eventClick: this.onEventClick,
            eventDrop: this.onEventDrop,
            eventResize: this.onEventDrop,
            select: this.onSelect,
            dateClick: this.onDateClick,
        };
    }

    getEvents() {
        const events = this.props.items.map((item) => {
            const event = toEvent(item);
            // hours are not dragged in the month
            event.durationEditable &&= !this.isMonth || item.all_day;
            return event;
        });
        if (this.isMonth) {
            return events;
        }
        return events.concat(getShades(this.props.hours, this.span));
    }

    getDayClasses({date}) {
        const isFree = getFreeDays(this.props.hours, this.span).has(
            DateTime.fromJSDate(date).toISODate()
        );
        return this.isMonth && isFree ? ["o_calendar_disabled"] : [];
    }

    getEventClasses({event}) {
        const item = this.itemByKey.get(event.id);
        if (!item) {
            return [];
        }
        const classes = [
            "o_event",
            `o_calendar_color_${this.props.colors.get(event.id) || 0}`,
            `o_gestor_calendar_${item.state}`,
        ];
        if (item.is_busy_only) {
            classes.push("o_gestor_calendar_busy");
        }
        if (item.all_day) {
            classes.push("o_event_allday");
        }
        return classes;
    }

    getEventContent({event}) {
        const item = this.itemByKey.get(event.id);
        if (!item) {
            return true;
        }
        const fragment = renderToFragment("gestor_calendar.CalendarItem", {
            item,
            time: item.all_day ? "" : this.getTime(event),
            people: this.getPeople(item),
        });
        return {domNodes: [...fragment.children]};
    }

    getTime({start, end}) {
        const format = is24HourFormat() ? "H:mm" : "h:mm a";
        const [from, to] = [start, end].map(
            (moment) => moment && DateTime.fromJSDate(moment).toFormat(format)
        );
        return to && !this.isMonth ? `${from}–${to}` : from;
    }

    getPeople(item) {
        return item.user_ids.map((id) => this.props.names[id] || "").join(", ");
    }

    onEventMounted({el, event}) {
        const item = this.itemByKey.get(event.id);
        if (!item) {
            return;
        }
        el.dataset.key = event.id;
        const time = item.all_day ? "" : `${this.getTime(event)} `;
        el.title = [`${time}${item.title}`, this.getPeople(item)]
            .filter(Boolean)
            .join("\n");
    }

    onEventClick({event}) {
        const item = this.itemByKey.get(event.id);
        if (item) {
            this.props.onOpen(item);
        }
    }

    onEventDrop(info) {
        this.props.onDrop(
            this.itemByKey.get(info.event.id),
            info.event,
            info.revert,
            this.isMonth
        );
    }

    async onSelect(info) {
        info.jsEvent?.preventDefault();
        await this.select(info.start, info.end, info.allDay, info);
        this.fc.api?.unselect();
    }

    onDateClick(info) {
        if (!this.props.canCreate || info.jsEvent?.defaultPrevented) {
            return undefined;
        }
        const start = DateTime.fromJSDate(info.date);
        const step = info.allDay ? {days: 1} : {hours: 1};
        const end = start.plus(step).toJSDate();
        const endStr = DateTime.fromISO(info.dateStr.slice(0, 10))
            .plus({days: 1})
            .toISODate();
        return this.select(info.date, end, info.allDay, {
            startStr: info.dateStr,
            endStr,
        });
    }

    select(start, end, isAllDay, {startStr, endStr}) {
        if (isAllDay) {
            const [first, stop] = [startStr, endStr].map((text) =>
                toDayText(DateTime.fromISO(text.slice(0, 10)))
            );
            return this.props.onSelect(first, stop, true);
        }
        const [from, to] = [start, end].map((date) =>
            toServer(DateTime.fromJSDate(date))
        );
        return this.props.onSelect(from, to, false);
    }
}
