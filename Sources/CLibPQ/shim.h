// What Swift cannot import by itself: libpq's character-literal macros (the PG_DIAG_* field codes), choices made by
// #ifdef, and two Linux calls that the Glibc module leaves out. Everything else comes straight from libpq-fe.h.
#ifndef COUNTERPOINT_CLIBPQ_SHIM_H
#define COUNTERPOINT_CLIBPQ_SHIM_H

#include <libpq-fe.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

#ifndef LIBPQ_HAS_PIPELINING
#error "libpq 14 or later is needed: this driver speaks in pipelines"
#endif

static const int CPQ_DIAG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED;
static const int CPQ_DIAG_SQLSTATE = PG_DIAG_SQLSTATE;
static const int CPQ_DIAG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY;
static const int CPQ_DIAG_DETAIL = PG_DIAG_MESSAGE_DETAIL;
static const int CPQ_DIAG_HINT = PG_DIAG_MESSAGE_HINT;
static const int CPQ_DIAG_SCHEMA = PG_DIAG_SCHEMA_NAME;
static const int CPQ_DIAG_TABLE = PG_DIAG_TABLE_NAME;
static const int CPQ_DIAG_COLUMN = PG_DIAG_COLUMN_NAME;
static const int CPQ_DIAG_CONSTRAINT = PG_DIAG_CONSTRAINT_NAME;
static const int CPQ_DIAG_CONTEXT = PG_DIAG_CONTEXT;
static const int CPQ_DIAG_POSITION = PG_DIAG_STATEMENT_POSITION;

static inline int cpq_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

// For the calling thread; at most 15 bytes are kept.
static inline void cpq_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

#endif
