"""The gallery: every component in every state, for those who build pages. Shown in the demo only."""
