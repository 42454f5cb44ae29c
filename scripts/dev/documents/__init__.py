"""The generated pages of docs/: one module a page, each with PATH and render()."""
