/// Opens a SQLite database as its statements need it.
#pragma once

#include <sqlite3.h>

#include "statements.h"

namespace pf_database {

/// A database that waits for other programs, and whose waits and queries end once
/// `stopped` is set. Null, with `rows.problem`, when it cannot be opened: one that is not
/// there is made by statements that write, not by those that only read.
sqlite3* open_database(const Statements& statements, Rows& rows);

}  // namespace pf_database
