"""The algorithms under the names programs written for the reference NetLytics import."""
