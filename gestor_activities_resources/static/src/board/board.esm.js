import {Component, onWillStart, useState} from "@odoo/owl";
import {PlanNavigation, usePlanWindow} from "@gestor_resources/plan/plan_window.esm";
import {
    fromWall,
    moveBooking,
    readTimes,
    writeTime,
} from "@gestor_resources/plan/plan_layout.esm";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Layout} from "@web/search/layout";
import {PlanTimeline} from "@gestor_resources/plan/timeline.esm";
import {_t} from "@web/core/l10n/translation";
import {getGroups} from "./board_rows.esm";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useFormDialog} from "@gestor_calendar/calendar/form_dialog_hook.esm";
import {useService} from "@web/core/utils/hooks";

const HOUR = 3600000;
const NOTHING = {
    people: [],
    items: [],
    plan: {rows: [], bookings: [], outages: []},
    unplanned: [],
    kinds: [],
    teams: [],
    can_plan: false,
};

/** The board: a row for each person and resource, and what waits to be planned. */
export class GestorBoard extends Component {
    static template = "gestor_activities_resources.Board";
    static components = {Layout, PlanNavigation, PlanTimeline};
    static props = {...standardActionServiceProps};
    static path = "gestor-board";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.display = {controlPanel: {}};
        this.frame = usePlanWindow(
            "gestor_activities_resources.board_scale",
            ["day", "week", "fortnight"],
            () => this.load()
        );
        this.state = useState({
            filters: {text: "", team: false, kind: false},
            board: NOTHING,
            dragged: null,
        });
        this.onSearch = useDebounced((ev) => this.filter({text: ev.target.value}), 300);
        this.env.config.setDisplayName(_t("Board"));
        this.open = useFormDialog(() => this.load());
        onWillStart(() => this.load());
    }

    get groups() {
        return getGroups(this.state.board);
    }

    // === Loading ===

    async load() {
        const board = await this.orm.call("gestor.board", "get_board", [
            ...this.frame.bounds,
            this.state.filters,
        ]);
        readTimes([...board.items, ...board.plan.bookings, ...board.plan.outages]);
        for (const person of board.people) {
            readTimes([...person.shades, ...person.absences]);
        }
        this.state.board = board;
    }

    filter(values) {
        Object.assign(this.state.filters, values);
        this.load();
    }

    // === Planning ===

    /**
     * Plan an activity; what the server refuses is asked about or stays as it was.
     *
     * @param {Number} id of the activity
     * @param {Object} vals start, stop, user_id, from_user_id
     * @param {Object|null} seen start and stop as the board shows them
     * @param {String[]} allow what the user has allowed
     */
    async plan(id, vals, seen, allow = []) {
        let answer = false;
        try {
            answer = await this.orm.call("gestor.board", "plan_activity", [
                id,
                vals,
                seen,
                allow,
            ]);
        } finally {
            // what was refused goes back to its place
            await this.load();
        }
        if (answer) {
            this.dialog.add(ConfirmationDialog, {
                title: _t("Not planned"),
                body: answer.reason,
                confirmLabel:
                    answer.allow === "people"
                        ? _t("Plan anyway")
                        : _t("Plan without the resources"),
                confirm: () => this.plan(id, vals, seen, [...allow, answer.allow]),
                cancelLabel: _t("Leave as it was"),
                cancel: () => {},
            });
        }
    }

    async onItemMove({record, kind}, {start, stop, rowKey, isEnd}) {
        const [rowKind, rowId] = (rowKey || "").split("-");
        if (kind === "booking") {
            await this.moveBooking(record, start, stop, !isEnd && rowKind, rowId);
        } else if (rowKind === "resource" && !isEnd) {
            await this.bookFor(record.id, Number(rowId));
        } else {
            const userId =
                rowKind === "user" && !isEnd ? Number(rowId) : record.user_id;
            await this.plan(
                record.id,
                {
                    start: writeTime(start),
                    stop: writeTime(stop),
                    user_id: userId,
                    from_user_id: record.user_id,
                },
                {start: writeTime(record.start), stop: writeTime(record.stop)}
            );
        }
    }

    async moveBooking(booking, start, stop, rowKind, rowId) {
        const resourceId = rowKind === "resource" ? Number(rowId) : booking.resource_id;
        try {
            await moveBooking(this.orm, booking, start, stop, resourceId);
        } finally {
            await this.load();
        }
    }

    async bookFor(activityId, resourceId) {
        try {
            await this.orm.call("gestor.board", "book_for_activity", [
                activityId,
                resourceId,
            ]);
        } finally {
            await this.load();
        }
    }

    // === The list at the side ===

    onCardDragStart(ev, card) {
        this.state.dragged = card;
        // Firefox begins to drag only what carries data
        ev.dataTransfer?.setData("text/plain", card.name);
    }

    async onCardDrop(row, moment) {
        const card = this.state.dragged;
        this.state.dragged = null;
        if (!card) {
            return;
        }
        const [rowKind, rowId] = row.key.split("-");
        if (rowKind === "user") {
            const length = (card.hours || 1) * HOUR;
            await this.plan(
                card.id,
                {
                    start: writeTime(moment),
                    stop: writeTime(moment + length),
                    user_id: Number(rowId),
                    from_user_id: card.user_id,
                },
                null
            );
        } else {
            await this.bookFor(card.id, Number(rowId));
        }
    }

    /** The same without a mouse: a dialog with the person and the time. */
    openPlan(card = null) {
        this.action.doAction(
            "gestor_activities_resources.gestor_activity_plan_action",
            {
                additionalContext: card ? {default_activity_id: card.id} : {},
                onClose: () => this.load(),
            }
        );
    }

    // === Opening ===

    onItemClick({record, kind}) {
        if (kind === "booking") {
            this.open({resModel: "gestor.booking", resId: record.id});
        } else if (record.is_readable) {
            this.open({resModel: record.model || "gestor.activity", resId: record.id});
        }
    }

    onTrackClick(row, moment) {
        const [rowKind, rowId] = row.key.split("-");
        const start = serializeDateTime(fromWall(moment));
        if (rowKind === "user" && this.state.board.can_plan) {
            const context = {
                default_planned_start_at: start,
                default_user_id: Number(rowId),
            };
            this.open({
                resModel: "gestor.activity",
                context,
                title: _t("New activity"),
            });
        } else if (rowKind === "resource" && this.state.board.plan.can_book) {
            const context = {
                default_start_at: start,
                default_resource_id: Number(rowId),
            };
            this.open({resModel: "gestor.booking", context, title: _t("New booking")});
        }
    }

    openActivity(card) {
        this.open({resModel: "gestor.activity", resId: card.id});
    }
}

registry.category("actions").add("gestor_activities_resources.board", GestorBoard);
