#include "frontend/lower/module/watched.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::lowering {

Watched::Watched(const sema::Program& program, const Interner& names, ir::Module& module)
    : program_(program), names_(names), module_(module) {
  captured_.resize(program.stubs.size());
  if (program.entry.valid()) return;
  for (size_t i = 0; i < program.stubs.size(); ++i) add(i);
  for (const auto& [expr, callable] : program.counted) watch(callable);
}

const Watch* Watched::find(sema::CallableId callable) const {
  auto found = watches_.find(callable.index);
  return found == watches_.end() ? nullptr : &found->second;
}

int64_t Watched::cell(std::string name, ir::TypeId type) {
  module_.cells.push_back({std::move(name), type});
  return static_cast<int64_t>(module_.cells.size()) - 1;
}

Watch& Watched::watch(sema::CallableId callable) {
  auto [at, fresh] = watches_.try_emplace(callable.index);
  if (!fresh) return at->second;
  const std::string_view name = names_.text(program_.callable(callable).name);
  at->second.stub_cell = cell(fmt::format("stub.{}", name), module_.types->int_);
  at->second.count_cell = cell(fmt::format("calls.{}", name), module_.types->int_);
  return at->second;
}

void Watched::add(size_t number) {
  const sema::Stub& stub = program_.stubs[number];
  Watch& watched = watch(stub.target);
  watched.stubs.push_back(number);
  const std::vector<sema::PortInfo>* ports =
      stub.replacement.valid() ? &program_.callable(stub.replacement).ports : nullptr;
  watched.takes_attempt |=
      ports != nullptr
          ? std::ranges::any_of(
                *ports, [&](const auto& port) { return names_.text(port.name) == "attempt"; })
          : std::ranges::find(stub.ports, sema::Stub::kAttempt) != stub.ports.end();
  if (ports != nullptr) return;
  KeyUses uses(program_);
  uses.add(*stub.at->value);
  for (sema::KeyId key : uses.reads()) {
    if (uses.writes_of(key) > 0) continue;
    const sema::Key& info = program_.key(key);
    const std::string name(names_.text(info.name));
    CapturedKey captured{key, cell(name, info.type)};
    if (info.tested_unset) captured.flag = cell(name + ".set", module_.types->bool_);
    captured_[number].push_back(captured);
  }
}

}  // namespace pflow::lowering
