import {Component} from "@odoo/owl";

/** What is worth knowing about a client before the call. */
export class CallCard extends Component {
    static template = "gestor_call_lists.Card";
    static props = {card: Object, open: Function};

    get client() {
        return {model: "res.partner", id: this.props.card.partner_id};
    }
}
