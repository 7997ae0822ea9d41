"""The components and the gallery, as templates call them."""
