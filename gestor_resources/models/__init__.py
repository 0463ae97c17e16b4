from . import gestor_booking_rule_mixin
from . import gestor_resource_kind
from . import gestor_resource
from . import gestor_booking_slot
from . import gestor_booking_lifecycle
from . import gestor_booking
from . import gestor_booking_series
from . import gestor_outage
