import {registry} from "@web/core/registry";

/**
 * Draw a line with the pointer, as a finger does on a phone.
 */
function drawLine() {
    const canvas = this.anchor;
    const {left, top, width, height} = canvas.getBoundingClientRect();
    const fire = (type, share) =>
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                isPrimary: true,
                button: 0,
                buttons: type === "pointerup" ? 0 : 1,
                clientX: left + width * share,
                clientY: top + height * 0.5,
                pointerId: 1,
                pressure: 0.5,
            })
        );
    fire("pointerdown", 0.2);
    for (const share of [0.3, 0.4, 0.5, 0.6, 0.7]) {
        fire("pointermove", share);
    }
    fire("pointerup", 0.8);
}

registry.category("web_tour.tours").add("gestor_offer_portal_sign", {
    steps: () => [
        {
            content: "choose the variant that is not proposed",
            trigger: ".o_gestor_offer_accept:not(.o_gestor_offer_accept_main)",
            run: "click",
        },
        {
            content: "the dialog speaks Polish with a Polish client",
            trigger: ".o_dialog .modal-title:contains(Zaakceptuj ofertę)",
        },
        {
            content: "without a signature nothing can be sent",
            trigger: ".o_gestor_offer_sign_confirm:disabled",
        },
        {
            trigger: ".o_gestor_offer_sign .o_web_sign_name_input",
            run: "edit Anna Żuraw",
        },
        {
            trigger: ".o_gestor_offer_sign canvas.o_web_sign_signature",
            run: drawLine,
        },
        {
            trigger: ".o_gestor_offer_sign_confirm:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "the page says what was accepted",
            trigger: ".o_gestor_offer .alert-success",
        },
        {
            content: "nothing is left to choose",
            trigger: ".o_gestor_offer:not(:has(.o_gestor_offer_accept))",
        },
    ],
});
