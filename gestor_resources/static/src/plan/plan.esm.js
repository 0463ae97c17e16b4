import {Component, onWillStart, useState} from "@odoo/owl";
import {PlanNavigation, usePlanWindow} from "./plan_window.esm";
import {describeTime, fromWall, moveBooking, readTimes} from "./plan_layout.esm";
import {Layout} from "@web/search/layout";
import {PlanTimeline} from "./timeline.esm";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useFormDialog} from "@gestor_calendar/calendar/form_dialog_hook.esm";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;

/** The plan of bookings: a row for each resource, free ones too. */
export class GestorBookingPlan extends Component {
    static template = "gestor_resources.BookingPlan";
    static components = {Layout, PlanNavigation, PlanTimeline};
    static props = {...standardActionServiceProps};
    static path = "gestor-booking-plan";

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = {controlPanel: {}};
        this.frame = usePlanWindow(
            "gestor_resources.plan_scale",
            ["day", "week", "fortnight", "month"],
            () => this.load()
        );
        this.state = useState({
            kindId: false,
            text: "",
            plan: {rows: [], bookings: [], outages: [], kinds: [], can_book: false},
        });
        this.onSearch = useDebounced((ev) => {
            this.state.text = ev.target.value;
            this.load();
        }, 300);
        this.env.config.setDisplayName(_t("Plan of bookings"));
        this.openForm = useFormDialog(() => this.load());
        onWillStart(() => this.load());
    }

    // === Rows ===

    get groups() {
        const {rows, bookings, outages} = this.state.plan;
        const items = Map.groupBy(bookings, ({resource_id}) => resource_id);
        const shades = Map.groupBy(outages, ({resource_id}) => resource_id);
        return [...Map.groupBy(rows, ({kind}) => kind)].map(([kind, members]) => ({
            key: kind,
            name: kind,
            rows: members.map((row) => ({
                key: String(row.id),
                name: row.name,
                detail:
                    row.quantity > 1 ? `${row.symbol} × ${row.quantity}` : row.symbol,
                items: (items.get(row.id) || []).map((item) => this.getItem(item)),
                shades: (shades.get(row.id) || []).map((outage) => ({
                    ...outage,
                    key: outage.id,
                    className: "o_gestor_plan_outage",
                })),
            })),
        }));
    }

    getItem(booking) {
        const late = booking.is_late ? "o_gestor_plan_late" : "";
        return {
            booking,
            key: booking.id,
            name: booking.name,
            detail: booking.user,
            start: booking.start,
            stop: booking.stop,
            hint: `${booking.name}\n${booking.user}\n${describeTime(booking)}`,
            className: `o_gestor_plan_${booking.state} ${late}`,
            isMovable: booking.is_movable,
        };
    }

    // === Loading ===

    async load() {
        const {kindId, text} = this.state;
        const plan = await this.orm.call("gestor.booking.plan", "get_plan", [
            ...this.frame.bounds,
            kindId,
            text,
        ]);
        readTimes([...plan.bookings, ...plan.outages]);
        this.state.plan = plan;
    }

    onKindChange(ev) {
        this.state.kindId = Number(ev.target.value) || false;
        this.load();
    }

    // === Bookings ===

    bookAt(row, moment) {
        if (this.state.plan.can_book) {
            this.book(Number(row.key), fromWall(moment));
        }
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

    findFreeTime() {
        this.action.doAction("gestor_resources.gestor_booking_find_action", {
            additionalContext: this.state.kindId
                ? {default_kind_id: this.state.kindId}
                : {},
            onClose: () => this.load(),
        });
    }

    openBooking(booking) {
        this.open({resId: booking.id, title: booking.name});
    }

    open(props) {
        this.openForm({resModel: "gestor.booking", ...props});
    }

    async moveBooking(booking, {start, stop, rowKey, isEnd}) {
        const resourceId = (!isEnd && Number(rowKey)) || booking.resource_id;
        try {
            await moveBooking(this.orm, booking, start, stop, resourceId);
        } finally {
            // what was refused goes back to its place
            await this.load();
        }
    }
}

registry.category("actions").add("gestor_resources.booking_plan", GestorBookingPlan);
