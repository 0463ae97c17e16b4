import {Plugin} from "@html_editor/plugin";
import {isHtmlContentSupported} from "@html_editor/core/selection_plugin";
import {selectElements} from "@html_editor/utils/dom_traversal";
import {withSequence} from "@html_editor/utils/resource";
import {_t} from "@web/core/l10n/translation";
import {AutotextPicker} from "./autotext_picker.esm";

const CHIP = "span.gestor_autotext";

/** Inserts autotexts into a text; there they are chips that cannot be typed into. */
export class AutotextPlugin extends Plugin {
    static id = "gestorAutotext";
    static dependencies = ["dialog", "dom", "history", "selection"];
    static shared = ["openAutotextPicker"];
    resources = {
        user_commands: [
            {
                id: "insertAutotext",
                title: _t("Autotext"),
                description: _t("Insert a value of the document"),
                icon: "fa-tag",
                run: () => this.openAutotextPicker(),
                isAvailable: isHtmlContentSupported,
            },
        ],
        powerbox_categories: withSequence(5, {id: "gestor", name: _t("Gestor")}),
        powerbox_items: {categoryId: "gestor", commandId: "insertAutotext"},
        power_buttons: {commandId: "insertAutotext"},
        content_not_editable_providers: (root) => [...selectElements(root, CHIP)],
        contenteditable_to_remove_selector: `${CHIP}[contenteditable]`,
    };

    openAutotextPicker() {
        this.dependencies.selection.focusEditable();
        return this.dependencies.dialog.addDialog(AutotextPicker, {
            model: this.config.getAutotextModel?.() || false,
            onSelect: (autotext) => this.insert(autotext),
        });
    }

    insert({code, name}) {
        const chip = this.document.createElement("span");
        chip.className = "gestor_autotext";
        chip.dataset.id = code;
        chip.textContent = name;
        this.dependencies.dom.insert(chip);
        this.dependencies.history.addStep();
    }
}
