"""One module a command: its docstring is the help, `arguments` and `run` are the rest."""
