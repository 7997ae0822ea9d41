"""What is a seat code, how does a parcel lie on a disk, and what does it say? Pure."""
