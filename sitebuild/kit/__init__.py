"""What each block is made with: what a block is, the library that it draws on, and where runs stand."""
