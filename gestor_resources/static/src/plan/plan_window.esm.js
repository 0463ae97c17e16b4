import {Component, useState} from "@odoo/owl";
import {SCALES, toWall} from "./plan_layout.esm";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {serializeDateTime} from "@web/core/l10n/dates";

const {DateTime} = luxon;

/** The days that a time line shows; the scale is remembered in the browser. */
export class PlanWindow {
    /**
     * @param {String} key under which the browser remembers the scale
     * @param {String[]} scales names from SCALES
     * @param {Function} onChange called when other days are shown
     */
    constructor(key, scales, onChange) {
        const remembered = browser.localStorage.getItem(key);
        Object.assign(this, {key, scales, onChange});
        this.scale = scales.includes(remembered) ? remembered : "week";
        this.day = DateTime.local().startOf("day");
    }

    get first() {
        return this.scale === "day" ? this.day : this.day.startOf("week");
    }

    get last() {
        return this.first.plus({days: SCALES[this.scale].days});
    }

    get span() {
        return {start: toWall(this.first), stop: toWall(this.last)};
    }

    get step() {
        return SCALES[this.scale].step;
    }

    /** The window as a server method takes it. */
    get bounds() {
        return [serializeDateTime(this.first), serializeDateTime(this.last)];
    }

    get labels() {
        const labels = {
            day: _t("Day"),
            week: _t("Week"),
            fortnight: _t("Two weeks"),
            month: _t("Month"),
        };
        return this.scales.map((scale) => [scale, labels[scale]]);
    }

    get title() {
        const format = {day: "numeric", month: "long", year: "numeric"};
        if (this.scale === "day") {
            return this.first.toLocaleString({...format, weekday: "long"});
        }
        const last = this.last.minus({days: 1});
        return `${this.first.toLocaleString(format)} – ${last.toLocaleString(format)}`;
    }

    get ticks() {
        const {scale} = this;
        const isDay = scale === "day";
        return Array.from({length: SCALES[scale].ticks}, (_none, index) => {
            const moment = this.first.plus(isDay ? {hours: index} : {days: index});
            const format = isDay
                ? {hour: "numeric", minute: "2-digit"}
                : scale === "month"
                  ? {day: "numeric"}
                  : {weekday: "short", day: "numeric", month: "numeric"};
            return {
                key: index,
                label: moment.toLocaleString(format),
                isWeekend: !isDay && moment.weekday > 5,
                isToday: !isDay && moment.hasSame(DateTime.local(), "day"),
            };
        });
    }

    setScale(scale) {
        browser.localStorage.setItem(this.key, scale);
        this.scale = scale;
        this.onChange();
    }

    move(direction) {
        const {days} = SCALES[this.scale];
        this.day =
            this.scale === "month"
                ? this.day.plus({weeks: 4 * direction})
                : this.day.plus({days: days * direction});
        this.onChange();
    }

    showToday() {
        this.day = DateTime.local().startOf("day");
        this.onChange();
    }
}

/**
 * Return a window that draws its component again when it changes.
 *
 * @param {...any} args as PlanWindow takes them
 * @returns {PlanWindow}
 */
export function usePlanWindow(...args) {
    return useState(new PlanWindow(...args));
}

/** Buttons that choose the days of a time line. */
export class PlanNavigation extends Component {
    static template = "gestor_resources.PlanNavigation";
    static props = {frame: Object};
}
