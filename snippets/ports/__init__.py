"""What a port number does, shown with UDP sockets."""
