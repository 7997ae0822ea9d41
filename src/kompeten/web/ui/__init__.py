"""The set of components that all faces share: tokens, layers, components, pages, problems."""
