import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;
const HOUR = 60;
const DAY = 24 * HOUR;

/** How long before the beginning one may be reminded. */
export function getRemindChoices() {
    return [
        {minutes: 0, label: _t("At the beginning")},
        {minutes: 5, label: _t("5 minutes before")},
        {minutes: 15, label: _t("15 minutes before")},
        {minutes: HOUR, label: _t("An hour before")},
        {minutes: DAY, label: _t("A day before")},
    ];
}

/** For how long a reminder may be put off. */
export function getSnoozeChoices() {
    return [
        {key: "5", label: _t("5 minutes")},
        {key: "15", label: _t("15 minutes")},
        {key: "60", label: _t("An hour")},
        {key: "tomorrow", label: _t("Until tomorrow, the same hour")},
        {key: "own", label: _t("Own time...")},
    ];
}

/** The same hour of tomorrow; an hour that the clock skips is the one after it. */
export function getTomorrow(now = DateTime.local()) {
    return now.plus({days: 1}).startOf("minute");
}

/**
 * Return in how many milliseconds to ask again: when the next reminder is due, and
 * at the latest after some minutes, for a computer that slept.
 *
 * @param {DateTime|null} next
 * @param {DateTime} now
 * @returns {Number}
 */
export function getDelay(next, now = DateTime.local()) {
    const longest = 10 * 60 * 1000;
    if (!next) {
        return longest;
    }
    return Math.min(longest, Math.max(1000, next.diff(now).toMillis()));
}
