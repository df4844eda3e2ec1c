"""Writers: one file per zipped manuscript format, each giving findings or corrections back in a new file.

A writer module defines ``annotate(data, manuscript, findings)``, which adds a comment for each finding;
``strip(data)``, which takes them out again; and ``correct(data, manuscript, findings, unsafe=…)``, which
makes the fixes as tracked changes. Files are changed by splicing bytes: what is not touched stays as it is.
"""
