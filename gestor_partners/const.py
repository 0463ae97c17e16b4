#: who reads the client file: users of Gestor, and those who only look
READERS = "gestor_base.gestor_base_group_viewer,gestor_base.gestor_base_group_user"
