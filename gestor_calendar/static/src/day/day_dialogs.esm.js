import {Component, useState} from "@odoo/owl";
import {DateTimeInput} from "@web/core/datetime/datetime_input";
import {Dialog} from "@web/core/dialog/dialog";
import {RecordSelector} from "@web/core/record_selectors/record_selector";

/** Asks where chosen things go: to a day, or by some days. */
export class GestorShiftDialog extends Component {
    static template = "gestor_calendar.ShiftDialog";
    static components = {DateTimeInput, Dialog};
    static props = {day: Object, count: Number, onApply: Function, close: Function};

    setup() {
        this.state = useState({
            way: "day",
            day: this.props.day.plus({days: 1}),
            days: 1,
            skipFree: true,
        });
    }

    onDay(day) {
        this.state.day = day;
        this.state.way = "day";
    }

    onDays(ev) {
        this.state.days = Number(ev.target.value);
        this.state.way = "days";
    }

    get canApply() {
        const {way, day, days} = this.state;
        return way === "day" ? Boolean(day) : Number.isInteger(days) && days !== 0;
    }

    apply() {
        const {way, day, days, skipFree} = this.state;
        this.props.close();
        this.props.onApply({
            day: way === "day" ? day.toISODate() : false,
            days: way === "day" ? false : days,
            skip_free: skipFree,
        });
    }
}

/** Asks who is to get chosen things. */
export class GestorDelegateDialog extends Component {
    static template = "gestor_calendar.DelegateDialog";
    static components = {Dialog, RecordSelector};
    static props = {count: Number, onApply: Function, close: Function};

    setup() {
        this.state = useState({userId: false});
    }

    get domain() {
        return [["share", "=", false]];
    }

    apply() {
        this.props.close();
        this.props.onApply(this.state.userId);
    }
}
