#include "tools/driver/reference/word_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/query/node_page.h"
#include "frontend/query/words.h"
#include "ir/error_kinds.h"
#include "ir/policies.h"
#include "support/explain.h"

namespace pflow::reference {
namespace {

/// As `-Wno-NAME` has it.
std::string warning_name(const DiagnosticInfo& info) {
  std::string name(info.name);
  std::ranges::replace(name, '_', '-');
  return name;
}

bool is_warning(const DiagnosticInfo& info) { return info.severity == Severity::Warning; }

std::string_view code_page(int code) { return explain_page(std::to_string(code)); }

/// Kinds are the diagnostics of block 09.
std::string_view kind_page(std::string_view word) {
  const ir::ErrorKind* kind = ir::find_error_kind(word);
  return kind == nullptr ? std::string_view() : code_page(900 + kind->number);
}

}  // namespace

std::string word_pages(std::string_view word, const Catalog& catalog) {
  std::string text;
  auto add = [&](std::string_view page) {
    if (page.empty()) return;
    if (!text.empty()) text += '\n';
    text += page;
  };
  for (const query::NodeDoc& node : catalog.named(word)) add(node_page(node, "#"));
  if (ir::find_policy(word) != nullptr) add(query::policy_page(word));
  add(kind_page(word));
  for (const DiagnosticInfo* info : diagnostic_catalogue())
    if (is_warning(*info) && warning_name(*info) == word) add(code_page(info->code));
  if (std::string section = query::language_text(word);
      !section.empty() && ir::find_policy(word) == nullptr)
    add(fmt::format("# {}\n\n{}\n", word, section));
  return text;
}

std::vector<std::string> words_with_pages(const Catalog& catalog) {
  std::vector<std::string> words;
  for (const query::NodeDoc& node : catalog.all()) words.push_back(node.name);
  for (const ir::PolicyInfo& policy : ir::all_policies())
    if (ir::find_policy(policy.word) != nullptr) words.emplace_back(policy.word);
  for (const ir::ErrorKind& kind : ir::kErrorKinds) words.emplace_back(kind.word);
  for (const DiagnosticInfo* info : diagnostic_catalogue())
    if (is_warning(*info)) words.push_back(warning_name(*info));
  for (std::string_view word : query::language_words()) words.emplace_back(word);
  return words;
}

}  // namespace pflow::reference
