// libarchive of the system: the unpacking of zip files, and nothing else.
#include <archive.h>
#include <archive_entry.h>
