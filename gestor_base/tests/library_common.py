from .common import GestorBaseCommon

PDF = b"%PDF-1.7\n%test "


class LibraryCommon(GestorBaseCommon):
    """Files of two users; ``other`` is an ordinary user as ``user`` is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_user("other", "gestor_base.gestor_base_group_user")
        cls.files = cls.env["gestor.library.file"]

    @classmethod
    def _create_file(cls, user=None, raw=None, file_name="Price list.pdf", **vals):
        """Put a file into the library; each one has other bytes than those before."""
        files = cls.files.with_user(user or cls.user)
        number = files.sudo().with_context(active_test=False).search_count([])
        raw = PDF + str(number).encode() if raw is None else raw
        return files.create({"raw": raw, "file_name": file_name, **vals})
