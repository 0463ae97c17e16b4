import {FormViewDialog} from "@web/views/view_dialogs/form_view_dialog";
import {patch} from "@web/core/utils/patch";
import {useSubEnv} from "@odoo/owl";

/** A form that a field opens to make a record can also choose one that exists. */
patch(FormViewDialog.prototype, {
    setup() {
        super.setup();
        const isMaking = !this.props.resId && !this.props.isToMany;
        useSubEnv({
            gestorChooseRecord: isMaking
                ? async (resId, name) => {
                      const data = {id: resId, display_name: name};
                      await this.props.onRecordSaved({resId, data});
                      this.props.close();
                  }
                : null,
        });
    },
});
