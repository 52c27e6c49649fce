"""Each error that sockets raise, provoked on purpose."""
