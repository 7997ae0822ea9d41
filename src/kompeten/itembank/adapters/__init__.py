"""Item sheets in Excel's format."""
