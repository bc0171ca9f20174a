"""What is killed or cut in mid-write: nothing acknowledged is lost, nothing is there twice."""
