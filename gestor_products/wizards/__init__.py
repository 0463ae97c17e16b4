from . import gestor_classifier_assign
