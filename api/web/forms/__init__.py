"""Forms made from the commands themselves: what they ask, how it is shown, what comes of it."""
