// capture, captures: the groups of a regular expression.
#include <cstddef>
#include <vector>

#include "patterns.h"
#include "stdlib-nodes/formats/cell.h"
#include "text.pf.hpp"

namespace {

using re2::RE2;
using re2::StringPiece;

std::string_view view(const StringPiece& group) { return {group.data(), group.size()}; }

using Entry = pflow::Entry<pf_str>;
constexpr pf_field kEntryFields[] = {
    {"key", "key", &pflow::kStr, offsetof(Entry, key), nullptr, nullptr},
    {"value", "value", &pflow::kStr, offsetof(Entry, value), nullptr, nullptr}};
constexpr pf_type kEntryType = {
    PF_RECORD, sizeof(Entry), alignof(Entry), 1,      "KeyValue<str>", nullptr,
    2,         kEntryFields,  nullptr,        nullptr};

/// The groups where the pattern matches first, the whole match before them; none: nowhere.
std::vector<StringPiece> first_match(const RE2& pattern, const pf_str& text) {
  StringPiece whole = pf_text::piece(text);
  std::vector<StringPiece> found(static_cast<size_t>(pattern.NumberOfCapturingGroups()) + 1);
  auto count = static_cast<int>(found.size());
  if (!pattern.Match(whole, 0, whole.size(), RE2::UNANCHORED, found.data(), count)) found.clear();
  return found;
}

/// What a field is that no group speaks of.
pf_status fill_missing(pf_call* call, const pf_field& field, void* out) {
  if (!field.default_value && field.type->kind == PF_OPT) return PF_DONE;
  if (!field.default_value)
    return pf_fail(call, PF_E_SCHEMA, "no group gives `%s`: expected %s", field.name,
                   field.type->name);
  if (!field.default_value(out)) return PF_DONE;
  pf_error_value error{};
  if (pf_error_take(&error)) return pf_fail(call, PF_E_CANCELLED, "the flow was cancelled");
  pf_fail(call, PF_E_VALUE, "the default of `%s` failed: %.*s", field.name,
          static_cast<int>(error.message.len), error.message.data);
  pf_str_release(error.message);
  pf_str_release(error.kind);
  pf_str_release(error.node);
  return PF_FAILED;
}

pf_status fill_field(pf_call* call, const RE2& pattern, const std::vector<StringPiece>& found,
                     const pf_field& field, void* out) {
  auto group = pattern.NamedCapturingGroups().find(field.wire);
  bool named = group != pattern.NamedCapturingGroups().end();
  StringPiece text = named ? found[static_cast<size_t>(group->second)] : StringPiece();
  if (!text.data()) return fill_missing(call, field, out);
  if (pf_formats::read_cell(view(text), field.type, out)) return PF_DONE;
  constexpr size_t kShown = 40;
  auto shown = static_cast<int>(text.size() < kShown ? text.size() : kShown);
  return pf_fail(call, PF_E_SCHEMA, "the group `%s`: expected %s, found `%.*s%s`", field.wire,
                 field.type->name, shown, text.data(), text.size() > kShown ? "..." : "");
}

}  // namespace

pf_status pfn_text_capture(pf_call* call, const capture_in* in, capture_out* out) {
  const pf_type* type = in->type_T;
  if (type->kind != PF_RECORD)
    return pf_fail(call, PF_E_VALUE, "`schema` is %s: expected a schema", type->name);
  const pf_text::Pattern* pattern = pf_text::find_pattern(call, in->pattern);
  if (!pattern) return PF_FAILED;
  std::vector<StringPiece> found = first_match(pattern->regex, in->text);
  if (found.empty()) return PF_DONE;
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    void* to = static_cast<char*>(out->found) + field.offset;
    if (fill_field(call, pattern->regex, found, field, to) == PF_DONE) continue;
    pf_drop_value(out->found, type);
    memset(out->found, 0, type->size);
    return PF_FAILED;
  }
  static_cast<bool*>(out->found)[type->size] = true;
  return PF_DONE;
}

pf_status pfn_text_captures(pf_call* call, const captures_in* in, captures_out* out) {
  const pf_text::Pattern* pattern = pf_text::find_pattern(call, in->pattern);
  if (!pattern) return PF_FAILED;
  std::vector<StringPiece> found = first_match(pattern->regex, in->text);
  if (found.empty()) return PF_DONE;
  const auto& names = pattern->regex.CapturingGroupNames();
  for (size_t i = 1; i < found.size(); ++i) {
    if (!found[i].data()) continue;
    auto name = names.find(static_cast<int>(i));
    Entry entry{pflow::text(name == names.end() ? std::to_string(i) : name->second),
                pflow::text(view(found[i]))};
    pf_list& groups = out->groups.value;  // a map is the list of its entries
    groups.head = static_cast<pf_list_head*>(pf_list_push(groups.head, &entry, &kEntryType));
  }
  out->groups.has = true;
  return PF_DONE;
}
