"""The sections of a report, one file each: a run as what its template shows."""
