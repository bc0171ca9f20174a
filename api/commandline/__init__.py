"""What the commands of `samenspoor` do; `asking` says how they are called."""
