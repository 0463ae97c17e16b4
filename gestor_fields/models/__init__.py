from . import gestor_dictionary
from . import gestor_dictionary_value
from . import gestor_field
from . import gestor_field_option
from . import gestor_property_form_mixin
from . import gestor_property_mixin
from . import gestor_document_mixin
from . import properties_base_definition
