from .load import daily_load, gaps
