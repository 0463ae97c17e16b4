import {Component} from "@odoo/owl";
import {DateTimePicker} from "@web/core/datetime/datetime_picker";
import {MultiRecordSelector} from "@web/core/record_selectors/multi_record_selector";
import {getPersonColor} from "./calendar_lib.esm";
import {user} from "@web/core/user";

/** What the common calendar shows: people, clients, resources, kinds and colours. */
export class GestorCalendarPanel extends Component {
    static template = "gestor_calendar.CalendarPanel";
    static components = {DateTimePicker, MultiRecordSelector};
    static props = {
        day: {type: Object, optional: true},
        kinds: Array,
        names: Object,
        preferences: Object,
        people: {type: Array, optional: true},
        resourceModel: {type: [String, Boolean]},
        onDay: {type: Function, optional: true},
        onChange: Function,
        hasColors: {type: Boolean, optional: true},
    };
    static defaultProps = {hasColors: true, people: []};

    get userDomain() {
        return [["share", "=", false]];
    }

    get isMine() {
        const {user_ids: ids} = this.props.preferences;
        return ids.length === 1 && ids[0] === user.userId;
    }

    get isEverybody() {
        return !this.props.preferences.user_ids.length;
    }

    get people() {
        const ids = this.props.people;
        return ids.map((id) => ({
            id,
            name: this.props.names[id],
            color: getPersonColor(id, ids),
        }));
    }

    isKindVisible(kind) {
        return !this.props.preferences.hidden_kinds.includes(kind.key);
    }

    set(key, value) {
        this.props.onChange({[key]: value});
    }

    showMine() {
        this.set("user_ids", [user.userId]);
    }

    showEverybody() {
        this.set("user_ids", []);
    }

    toggleKind(kind) {
        const hidden = new Set(this.props.preferences.hidden_kinds);
        if (!hidden.delete(kind.key)) {
            hidden.add(kind.key);
        }
        this.set("hidden_kinds", [...hidden]);
    }
}
