from . import gestor_text_insert
