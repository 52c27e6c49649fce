"""A checkout's programs: where they, their what-ifs and their recordings lie; recording and judging them anew."""
