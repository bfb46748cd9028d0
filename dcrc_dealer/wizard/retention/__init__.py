from . import win_back
