from odoo.addons.gestor_fields.tests.fields_common import OwnFieldsCommon

from .common import TestGestorCommon


class TestOwnFieldsCommon(OwnFieldsCommon, TestGestorCommon):
    """Papers of anna and bolek with own fields."""

    documents_model = "test.gestor.document"

    @classmethod
    def _values(cls, document):
        """Return the stored own values of a document."""
        document.invalidate_recordset(["gestor_properties"])
        return dict(document.gestor_properties._values)
