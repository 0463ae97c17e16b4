from . import test_gestor_case
from . import test_gestor_document
from . import test_gestor_order
from . import test_gestor_visit
