import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {useService} from "@web/core/utils/hooks";

/**
 * Return a function that opens a record, or a new one, over the screen.
 *
 * @param {Function} reload called when something was saved and when the dialog closes
 * @returns {Function} takes the properties of a FormViewDialog
 */
export function useFormDialog(reload) {
    const dialog = useService("dialog");
    return (props) =>
        dialog.add(
            FormViewDialog,
            {onRecordSaved: () => reload(), ...props},
            {onClose: () => reload()}
        );
}
