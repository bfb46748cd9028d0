from . import followup_move
