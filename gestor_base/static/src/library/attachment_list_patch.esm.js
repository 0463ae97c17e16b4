import {AttachmentList} from "@mail/core/common/attachment_list";
import {onWillStart} from "@odoo/owl";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";

patch(AttachmentList.prototype, {
    setup() {
        super.setup();
        this.action = useService("action");
        onWillStart(async () => {
            this.isGestorUser = await user.hasGroup(
                "gestor_base.gestor_base_group_user"
            );
        });
    },

    canPutIntoLibrary(attachment) {
        return (
            this.isGestorUser &&
            attachment.type !== "url" &&
            this.canDownload(attachment)
        );
    },

    onClickPutIntoLibrary(attachment) {
        this.action.doAction("gestor_base.gestor_library_put_action", {
            additionalContext: {default_attachment_id: attachment.id},
        });
    },
});
