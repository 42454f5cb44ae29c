"""The names programs written for the reference NetLytics import."""
