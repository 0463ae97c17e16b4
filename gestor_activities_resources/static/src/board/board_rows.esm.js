/** What the server says about the board, as rows of the time line. */
import {_t} from "@web/core/l10n/translation";
import {describeTime} from "@gestor_resources/plan/plan_layout.esm";

/**
 * Return the groups of rows: people first, then the resources of each kind.
 *
 * @param {Object} board as get_board returns it, times read
 * @returns {Object[]} groups as PlanTimeline takes them
 */
export function getGroups({people, items, plan}) {
    const byUser = Map.groupBy(items, ({user_id}) => user_id);
    const byResource = Map.groupBy(plan.bookings, ({resource_id}) => resource_id);
    const outages = Map.groupBy(plan.outages, ({resource_id}) => resource_id);
    const groups = people.length
        ? [
              {
                  key: "people",
                  name: _t("People"),
                  rows: people.map((person) =>
                      getPerson(person, byUser.get(person.id))
                  ),
              },
          ]
        : [];
    for (const [kind, rows] of Map.groupBy(plan.rows, (row) => row.kind)) {
        groups.push({
            key: `kind-${kind}`,
            name: kind,
            rows: rows.map((row) => ({
                key: `resource-${row.id}`,
                name: row.name,
                detail:
                    row.quantity > 1 ? `${row.symbol} × ${row.quantity}` : row.symbol,
                items: (byResource.get(row.id) || []).map(getBooking),
                shades: (outages.get(row.id) || []).map((outage) => ({
                    ...outage,
                    key: outage.id,
                    className: "o_gestor_plan_outage",
                })),
            })),
        });
    }
    return groups;
}

function getPerson(person, items = []) {
    const shade = (className) => (interval, index) => ({
        ...interval,
        key: `${className}-${index}`,
        className,
    });
    return {
        key: `user-${person.id}`,
        name: person.name,
        items: items.map(getItem),
        shades: [
            ...person.shades.map(shade("o_gestor_board_off")),
            ...person.absences.map(shade("o_gestor_plan_outage")),
        ],
        loads: person.loads.map(getLoad),
    };
}

function getItem(item) {
    return {
        record: item,
        kind: "activity",
        key: `${item.model || "activity"}-${item.id}-${item.user_id}`,
        name: item.name,
        detail: item.detail,
        icon: item.icon,
        hint: [item.name, item.detail, describeTime(item)].filter(Boolean).join("\n"),
        start: item.start,
        stop: item.stop,
        className: `o_gestor_board_item o_gestor_board_${item.state} o_gestor_board_color_${item.color}`,
        isMovable: item.is_movable,
    };
}

function getBooking(booking) {
    const late = booking.is_late ? "o_gestor_plan_late" : "";
    return {
        record: booking,
        kind: "booking",
        key: `booking-${booking.id}`,
        name: booking.name,
        detail: booking.user,
        hint: `${booking.name}\n${booking.user}\n${describeTime(booking)}`,
        start: booking.start,
        stop: booking.stop,
        className: `o_gestor_plan_${booking.state} ${late}`,
        isMovable: booking.is_movable,
    };
}

/**
 * Return how busy a day is.
 *
 * @param {Number[]} load hours planned and hours of work
 * @returns {Object} percent, label and className
 */
export function getLoad([planned, available]) {
    const percent = available
        ? Math.round((100 * planned) / available)
        : planned
          ? 999
          : 0;
    const label = _t("Planned: %(planned)s h, working hours: %(available)s h", {
        planned: Math.round(planned * 10) / 10,
        available: Math.round(available * 10) / 10,
    });
    let className = "";
    if (percent > 100) {
        className = "o_gestor_plan_load_over";
    } else if (percent >= 80) {
        className = "o_gestor_plan_load_full";
    }
    return {
        percent,
        text: percent === 999 ? "!" : percent ? `${percent}%` : "",
        label,
        className,
    };
}
