import {_t} from "@web/core/l10n/translation";

/** An action that opens a form in front of the screen. */
export function formWindow(name, model, context, id = false) {
    return {
        name,
        type: "ir.actions.act_window",
        res_model: model,
        res_id: id,
        views: [[false, "form"]],
        target: "new",
        context,
    };
}

/** The form in which a message to a client is written. */
export function messageWindow(channel, partnerId) {
    if (channel === "sms") {
        return formWindow(_t("SMS"), "sms.composer", {
            default_composition_mode: "comment",
            default_res_model: "res.partner",
            default_res_id: partnerId,
        });
    }
    return formWindow(_t("E-mail"), "mail.compose.message", {
        default_composition_mode: "comment",
        default_model: "res.partner",
        default_res_ids: [partnerId],
        default_partner_ids: [partnerId],
    });
}
