import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";

const {DateTime} = luxon;

/** Asks what becomes of the time in which nobody was at the computer. */
export class ClockIdleDialog extends Component {
    static template = "gestor_activity_time.ClockIdleDialog";
    static components = {Dialog};
    static props = {
        name: String,
        since: Number,
        cut: Function,
        discard: Function,
        close: Function,
    };

    get title() {
        return _t("You were away");
    }

    get time() {
        return DateTime.fromMillis(this.props.since).toFormat("HH:mm");
    }

    get message() {
        return _t(
            "Nobody was at the computer since %(time)s, and the clock ran on: %(name)s",
            {time: this.time, name: this.props.name}
        );
    }

    get cutLabel() {
        return _t("Stop the clock at %(time)s", {time: this.time});
    }

    async choose(action) {
        await action();
        this.props.close();
    }
}
