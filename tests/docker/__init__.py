"""What can be shown of the image and the compose file without a Docker engine."""
