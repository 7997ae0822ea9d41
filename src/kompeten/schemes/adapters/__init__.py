"""Files on disk, read into the words of this room."""
