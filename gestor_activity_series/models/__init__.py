from . import gestor_activity
from . import gestor_activity_series_client
from . import gestor_activity_series_making
from . import gestor_activity_series_skip
from . import gestor_activity_series
