import base64

from odoo import api, models
from odoo.exceptions import UserError

#: what would change the content of a version, or who may read it
VERSION_FIELDS = frozenset(
    "raw datas db_datas store_fname checksum mimetype type url public res_model res_id"
    " res_field".split()
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_library_version(self):
        versions = self._get_library_versions()
        if versions:
            raise UserError(
                self.env._(
                    'The attachment belongs to the file "%(file)s" of the library, so '
                    "it cannot be deleted.",
                    file=versions[0].file_id.name,
                )
            )

    def write(self, vals):
        changed = VERSION_FIELDS & vals.keys()
        if changed:
            for version in self._get_library_versions():
                attachment = version.attachment_id
                if any(not attachment._is_same(name, vals[name]) for name in changed):
                    raise UserError(
                        self.env._(
                            'A version of the library file "%(file)s" never changes: '
                            "add a new version.",
                            file=version.file_id.name,
                        )
                    )
        return super().write(vals)

    def _get_library_versions(self):
        # sudo: what is protected does not depend on who tries
        versions = self.env["gestor.library.version"].sudo()
        return versions.search([("attachment_id", "in", self.ids)])

    def _is_same(self, name, value):
        """Return whether a value is the one there is: moving the store writes it."""
        if name in ("raw", "datas"):
            raw = base64.b64decode(value or b"") if name == "datas" else value
            raw = raw.encode() if isinstance(raw, str) else raw
            return self._compute_checksum(raw) == self.checksum
        return (value or False) == (self[name] or False)
