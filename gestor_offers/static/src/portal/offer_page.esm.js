import {Interaction} from "@web/public/interaction";
import {OfferSignDialog} from "./offer_sign_dialog.esm";
import {registry} from "@web/core/registry";

/**
 * Page of an offer: the buttons that need the script, and the signature dialog.
 */
export class OfferPage extends Interaction {
    static selector = ".o_gestor_offer";
    dynamicContent = {
        ".o_gestor_offer_accept": {
            "t-att-class": () => ({"d-none": false}),
            "t-on-click": this.onAccept,
        },
    };

    onAccept(event) {
        const {name, total, url} = event.currentTarget.dataset;
        const {client, signer} = this.el.dataset;
        this.services.dialog.add(OfferSignDialog, {
            client: client || "",
            signer: signer || "",
            total,
            url,
            variant: name,
        });
    }
}

registry.category("public.interactions").add("gestor_offers.offer_page", OfferPage);
