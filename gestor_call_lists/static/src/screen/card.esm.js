import {Component} from "@odoo/owl";

/** What is worth knowing about a client before the call. */
export class CallCard extends Component {
    static template = "gestor_call_lists.Card";
    static props = {card: Object, open: Function};

    get client() {
        const {partner_id: id, name: title} = this.props.card;
        return {model: "res.partner", id, title};
    }
}
