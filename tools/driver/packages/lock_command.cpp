#include "tools/driver/packages/lock_command.h"

#include <fmt/format.h>

#include "frontend/query/snapshot.h"
#include "tools/driver/exit_code.h"
#include "tools/driver/node_path.h"
#include "tools/driver/packages/lock.h"
#include "tools/driver/report.h"

namespace pflow::packages {

int lock(const std::string& program, Session& session) {
  FileSystem& files = *session.env.files;
  if (files.kind(program) != FileKind::File) {
    session.diagnostics.report(diag::no_such_input, {}, program);
    return kExitUsage;
  }
  const query::Snapshot checked(program, files, node_path(session.options, session.env));
  if (checked.diagnostics.has_errors()) {
    pflow::show(checked.diagnostics, checked.sources, session.options, session.env);
    return kExitErrors;
  }
  const Locks locks = locks_of(checked.checked, files);
  const std::string path = lock_path(program);
  if (Result<Done> written = files.write(path, lock_text(locks)); !written) {
    session.diagnostics.report(diag::cannot_write, {}, "`" + path + "`", written.message());
    return kExitErrors;
  }
  std::string text;
  for (const auto& [name, each] : locks) text += fmt::format("{} {}\n", name, each.version);
  return session.print(text.empty() ? "the program imports no packages\n" : text);
}

}  // namespace pflow::packages
