import {WarningDialog, odooExceptionTitleMap} from "@web/core/errors/error_dialogs";
import {registry} from "@web/core/registry";

// The host knows errors for users by the full name of their class, and shows others as
// a fault of the program.
const NAME = "odoo.addons.gestor_resources.exceptions.ResourceTakenError";
odooExceptionTitleMap.set(NAME, odooExceptionTitleMap.get("odoo.exceptions.UserError"));
registry.category("error_dialogs").add(NAME, WarningDialog);
