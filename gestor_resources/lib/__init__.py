from .free_time import busy_intervals, common_intervals, free_intervals, next_free
from .units import NotEnough, allocate
