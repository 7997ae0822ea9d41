"""The entrance of all faces: logging in, signing up, passwords and second factors."""
