#include "frontend/packages/lock_file.h"

#include "frontend/packages/toml_reader.h"

namespace pflow::packages {

std::string lock_text(const Locks& locks) {
  std::string text = "# Made by `pflowc packages lock`.\n";
  for (const auto& [name, lock] : locks)
    text += fmt::format("\n[{}]\nversion = \"{}\"\nhash = \"{}\"\n", name, lock.version, lock.hash);
  return text;
}

Locks read_locks(FileId file, const SourceMap& sources, Diagnostics& diagnostics) {
  Locks locks;
  TomlReader reader(file, sources, diagnostics);
  for (const auto& [name, value] : reader.root()) {
    const toml::table* table = value.as_table();
    const auto text = [&](std::string_view key) {
      return table == nullptr ? std::string() : (*table)[key].value_or(std::string());
    };
    Lock lock{text("version"), text("hash")};
    if (lock.version.empty() || lock.hash.empty())
      reader
          .report(reader.place(name.str()),
                  fmt::format("`{}` lacks a version or a hash", name.str()))
          .label("no lock of a package")
          .help("`pflowc packages lock` makes the file anew");
    locks.emplace(std::string(name.str()), std::move(lock));
  }
  return locks;
}

}  // namespace pflow::packages
