from . import gestor_call_list_make
