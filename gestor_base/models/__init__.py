from . import gestor_registry_mixin
from . import gestor_search_mixin
from . import gestor_search
from . import gestor_flag
from . import gestor_link
from . import gestor_document_mixin
from . import gestor_rate_limit
from . import ir_http
