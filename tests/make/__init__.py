"""Builders that walk the rooms: every state under test is reached by real actions."""
