import {onMounted} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {FormController} from "@web/views/form/form_controller";

/**
 * Opens the page of a field and puts the cursor into it: whoever mends something is
 * taken to the right place.
 *
 * @param {HTMLElement} root of the form
 * @param {Element} arch of the form
 * @param {String} name of the field
 */
export async function focusField(root, arch, name) {
    const page = arch.querySelector(`page field[name="${name}"]`)?.closest("page");
    if (page) {
        const tab = page.getAttribute("name");
        root.querySelector(`.o_notebook .nav-link[name="${tab}"]`)?.click();
        await new Promise((resolve) => setTimeout(resolve));
    }
    const field = root.querySelector(`.o_field_widget[name="${name}"]`);
    if (field) {
        field.classList.add("o_gestor_to_mend");
        field.scrollIntoView({block: "center"});
        field.querySelector("input, textarea")?.focus();
    }
}

patch(FormController.prototype, {
    setup() {
        super.setup(...arguments);
        const name = this.props.context?.gestor_client_sets_focus;
        if (name) {
            onMounted(() =>
                focusField(this.rootRef.el, this.archInfo.xmlDoc, CSS.escape(name))
            );
        }
    },
});
