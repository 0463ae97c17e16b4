from . import gestor_autotext_group
from . import gestor_autotext
from . import gestor_text_engine
from . import gestor_text_category
from . import gestor_text_template
from . import gestor_autotext_mixin
from . import gestor_document_mixin
