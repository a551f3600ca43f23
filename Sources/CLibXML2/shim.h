// libxml2 of the system: its pull reader, for the sheets inside a workbook.
#include <libxml/xmlreader.h>
#include <libxml/xmlerror.h>
#include <libxml/parser.h>
