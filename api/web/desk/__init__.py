"""What somebody has on their own desk: text not saved yet, a calendar, how their screen is."""
