"""The face of the written exam: one person, one phone, one sitting."""
