/// Errors on standard error, in the compiler's format or another (report_json.h).
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

class Buffer;

struct Failure;

struct Report {
  pf_error_kind kind;
  const pf_site* site;  ///< may be null
  pf_str message;
  pf_str help;                     ///< may be empty
  int64_t attempt = 1;             ///< which try it was
  size_t done = 0, all = 0;        ///< items of an `each`; 0: of none
  const pf_json* data = nullptr;   ///< what the error says besides; may be null
  pf_str note = {};                ///< what the other side said; may be empty
  const Failure* first = nullptr;  ///< what was being handled meanwhile; may be null
};

/// The text form, ending with a newline:
///   error[PF0904]: cannot read `input.txt`: No such file or directory
///    --> flow.pf:1:1
///     |
///   1 | read_file("input.txt") >> upper()
///     | ^^^^^^^^^^^^^^^^^^^^^^
void add_report(Buffer& out, const Report& report, bool color);

/// The report of a failure, which must outlive it.
[[nodiscard]] Report report_of(const Failure& failure);

/// Adds a report in a form of its own, ending with a newline.
using ReportForm = void (*)(Buffer& out, const Report& report);
/// Which form `print_report` uses from now on; null: the text form.
void set_report_form(ReportForm form);
/// Writes the report to standard error.
void print_report(const Report& report);

}  // namespace pflow::rt
