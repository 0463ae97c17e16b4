from . import gestor_text_insert
from . import gestor_text_preview
