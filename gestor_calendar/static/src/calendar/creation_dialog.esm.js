import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";

/** Asks what is to be made of a selected range. */
export class GestorCreationDialog extends Component {
    static template = "gestor_calendar.CreationDialog";
    static components = {Dialog};
    static props = {creations: Array, onChoose: Function, close: Function};

    choose(creation) {
        this.props.close();
        this.props.onChoose(creation);
    }
}
