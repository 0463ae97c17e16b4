from . import gestor_resource
