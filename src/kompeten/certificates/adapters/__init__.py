"""How certificates are made with the tools of others: typesetting, signatures, QR."""
