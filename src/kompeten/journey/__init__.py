"""Where does one person stand? The whole way at a glance."""
