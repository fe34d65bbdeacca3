/// A program checked from its text in memory, with the interface files of Inputs/ and the
/// files beside it, for the tests to look into by name.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "frontend/sema/sema.h"
#include "test/support/memory_files.h"

namespace pflow {

class CheckedSource {
 public:
  explicit CheckedSource(std::string_view text, MemoryFiles beside = {})
      : files(std::move(beside)) {
    FileId id = sources.add("test.pf", std::string(text));
    files.load_interfaces(SEMA_INPUTS, "nodes");
    sema::Options options;
    options.nodes.standard = "nodes";
    checked = sema::check(parse_file(id, FileRole::Program, sources, names, diagnostics, ids),
                          options, files, sources, names, types, diagnostics, ids);
  }

  /// `PF0301 PF0201`, in the order of reports.
  [[nodiscard]] std::string codes() const {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics.all())
      text += (text.empty() ? "" : " ") + diagnostic_code(*diagnostic.info);
    return text;
  }

  [[nodiscard]] const sema::Program& program() const { return checked.program; }

  /// The callable of the name; the last one declared.
  [[nodiscard]] const sema::Callable& callable(std::string_view name) const {
    const sema::Callable* found = nullptr;
    for (const sema::Callable& callable : program().callables)
      if (names.text(callable.name) == name) found = &callable;
    EXPECT_NE(found, nullptr) << name;
    return *found;
  }

  /// The first key of the name.
  [[nodiscard]] const sema::Key& key(std::string_view name) const {
    for (const sema::Key& key : program().keys)
      if (names.text(key.name) == name) return key;
    ADD_FAILURE() << "no key " << name;
    return program().keys.front();
  }
  [[nodiscard]] std::string key_type(std::string_view name) const {
    return types.name(key(name).type);
  }

  /// The stage whose source, with suffixes, is `text`.
  [[nodiscard]] const sema::StageInfo& stage(std::string_view text) const {
    for (const sema::StageInfo& stage : program().stages)
      if (stage.stage != nullptr && sources.text(stage.stage->span) == text) return stage;
    ADD_FAILURE() << "no stage " << text;
    return program().stages.front();
  }

  /// How the call that is the whole stage binds its ports.
  [[nodiscard]] const sema::CallInfo& call(std::string_view text) const {
    return program().calls.at(stage(text).stage->expr->id);
  }

  MemoryFiles files;
  SourceMap sources;
  Interner names;
  ir::TypeTable types;
  Diagnostics diagnostics;
  ParseIds ids;
  sema::Checked checked;
};

}  // namespace pflow
