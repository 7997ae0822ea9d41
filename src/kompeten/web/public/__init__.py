"""The face for anybody: information, register, verification."""
