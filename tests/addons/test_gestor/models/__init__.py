from . import test_gestor_document
