from . import gestor_library_category
from . import gestor_library_tag
from . import gestor_library_version
from . import gestor_library_file
from . import gestor_library_use
from . import gestor_library_mixin
from . import ir_attachment
from . import gestor_document_mixin
