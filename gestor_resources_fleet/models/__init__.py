from . import fleet_vehicle
from . import fleet_vehicle_log_services
