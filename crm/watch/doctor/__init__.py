"""What `manage.py doctor` looks at beside what /readyz tells: the things one sets up once and then forgets."""
