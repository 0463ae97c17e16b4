import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;
const MORNING = {hour: 9, minute: 0, second: 0, millisecond: 0};
const SHOWN = {
    weekday: "short",
    day: "numeric",
    month: "numeric",
    hour: "2-digit",
    minute: "2-digit",
};

/** Nobody is called on a weekend without being asked for. */
function toWorkday(moment) {
    const over = moment.weekday - 5;
    return over > 0 ? moment.plus({days: 3 - over}) : moment;
}

/** The usual times to call again, each with its key. */
export function callAgainDelays(now = DateTime.local()) {
    const days = [
        ["E", now.plus({days: 1})],
        ["R", now.plus({weeks: 1})],
    ].map(([key, day]) => {
        const moment = toWorkday(day).set(MORNING);
        return {key, moment, label: moment.toLocaleString(SHOWN)};
    });
    return [
        {key: "Q", label: _t("In 1 hour"), moment: now.plus({hours: 1})},
        {key: "W", label: _t("In 3 hours"), moment: now.plus({hours: 3})},
        ...days,
    ];
}
