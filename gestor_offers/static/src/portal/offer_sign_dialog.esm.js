import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {NameAndSignature} from "@web/core/signature/name_and_signature";
import {_t} from "@web/core/l10n/translation";
import {redirect} from "@web/core/utils/urls";
import {rpc} from "@web/core/network/rpc";

/**
 * Asks the client for name and signature under one chosen variant and sends them.
 */
export class OfferSignDialog extends Component {
    static template = "gestor_offers.OfferSignDialog";
    static components = {Dialog, NameAndSignature};
    static props = {
        client: String,
        close: Function,
        signer: String,
        total: String,
        url: String,
        variant: String,
    };

    setup() {
        this.state = useState({busy: false, error: ""});
        this.signature = useState({
            name: this.props.signer,
            isSignatureEmpty: true,
            getSignatureImage: () => "",
            resetSignature: () => {},
        });
    }

    get canSign() {
        return (
            !this.state.busy &&
            !this.signature.isSignatureEmpty &&
            Boolean((this.signature.name || "").trim())
        );
    }

    async onConfirm() {
        if (!this.canSign) {
            return;
        }
        this.state.busy = true;
        this.state.error = "";
        let answer = {};
        try {
            answer = await rpc(this.props.url, {
                name: this.signature.name,
                signature: this.signature.getSignatureImage().split(",")[1],
            });
        } catch {
            answer = {
                error: _t("The answer could not be sent. Please try again."),
            };
        }
        if (answer.redirect_url) {
            // stays busy: the page is about to be replaced
            redirect(answer.redirect_url);
            return;
        }
        this.state.error = answer.error || "";
        this.state.busy = false;
    }
}
