"""Cases: saved pages of real sites in made-up words, what is read of them, and how they fared."""
