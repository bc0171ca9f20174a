"""What the commands of `samenspoor` do; `api/cli.py` says how they are called."""
