#include "frontend/packages/toml_reader.h"

#include <algorithm>

#include "support/display_width.h"

namespace pflow::packages {

TomlReader::TomlReader(FileId file, const SourceMap& sources, Diagnostics& diagnostics)
    : file_(file), sources_(sources), diagnostics_(diagnostics) {
  toml::parse_result result = toml::parse(sources.text(file));
  parsed_ = result.succeeded();
  if (parsed_) {
    root_ = std::move(result).table();
    return;
  }
  const toml::parse_error& error = result.error();
  Span at = span(error.source());
  at.end = std::max(at.end, at.begin);
  report(at, "this is no TOML").label("not understood").note(std::string(error.description()));
}

const toml::node* TomlReader::find(std::string_view key) {
  asked_.push_back(key);
  return root_.get(key);
}

std::optional<std::string> TomlReader::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (auto value = node->value_exact<std::string>()) return value;
  report_type(key, *node, "a text");
  return std::nullopt;
}

std::optional<int64_t> TomlReader::number(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (auto value = node->value_exact<int64_t>()) return value;
  report_type(key, *node, "a whole number");
  return std::nullopt;
}

std::vector<std::string> TomlReader::texts(std::string_view key) {
  std::vector<std::string> found;
  const toml::node* node = find(key);
  if (node == nullptr) return found;
  const toml::array* array = node->as_array();
  if (array == nullptr) {
    report_type(key, *node, "a list of texts");
    return found;
  }
  for (const toml::node& each : *array) {
    if (auto value = each.value_exact<std::string>())
      found.push_back(std::move(*value));
    else
      report_type(key, each, "texts");
  }
  return found;
}

std::vector<TomlText> TomlReader::named_texts(std::string_view key) {
  std::vector<TomlText> found;
  const toml::node* node = find(key);
  if (node == nullptr) return found;
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    report_type(key, *node, "a table of texts");
    return found;
  }
  for (const auto& [name, each] : *table) {
    if (auto value = each.value_exact<std::string>())
      found.push_back({std::string(name.str()),
                       std::move(*value),
                       {file_, offset(name.source().begin), offset(each.source().end)}});
    else
      report_type(name.str(), each, "a text");
  }
  return found;
}

std::string TomlReader::needed_text(std::string_view key) {
  std::optional<std::string> found = text(key);
  if (!root_.contains(key)) missing_.push_back(key);
  if (found && found->empty())
    report(place(key), fmt::format("`{}` is empty", key)).label("needs a value");
  return found.value_or("");
}

int64_t TomlReader::needed_number(std::string_view key) {
  const std::optional<int64_t> found = number(key);
  if (!root_.contains(key)) missing_.push_back(key);
  return found.value_or(0);
}

void TomlReader::finish() {
  if (missing_.size() == 1)
    report({file_, 0, 0}, fmt::format("the key `{}` is missing", missing_.front()))
        .label("belongs into this file");
  else if (!missing_.empty())
    report({file_, 0, 0}, fmt::format("the keys `{}` are missing", fmt::join(missing_, "`, `")))
        .label("belong into this file");
  refuse_others();
}

Span TomlReader::place(std::string_view key) const {
  const toml::node* node = root_.get(key);
  return node == nullptr ? Span{file_, 0, 0} : span(node->source());
}

void TomlReader::refuse_others() {
  for (const auto& [key, value] : root_) {
    if (std::ranges::find(asked_, key.str()) != asked_.end()) continue;
    DiagnosticBuilder made = report(span(key.source()), fmt::format("unknown key `{}`", key.str()));
    made.label("not a key of this file");
    if (std::string_view near = nearest_name(key.str(), asked_); !near.empty())
      made.help(fmt::format("a key with a similar name exists: `{}`", near),
                {span(key.source()), std::string(near)});
    else
      made.note(fmt::format("the keys are {}", fmt::join(asked_, ", ")));
  }
}

void TomlReader::report_type(std::string_view key, const toml::node& node,
                             std::string_view wanted) {
  report(span(node.source()), fmt::format("`{}` expects {}", key, wanted))
      .label(fmt::format("expected {}", wanted));
}

Span TomlReader::span(const toml::source_region& region) const {
  return {file_, offset(region.begin), offset(region.end)};
}

/// Columns of toml++ count code points.
uint32_t TomlReader::offset(toml::source_position position) const {
  const std::string_view text = sources_.text(file_);
  if (!position) return 0;
  const auto end = static_cast<uint32_t>(text.size());
  if (position.line > sources_.line_column(file_, end).line) return end;
  size_t at = sources_.line_start(file_, position.line);
  for (uint32_t column = 1; column < position.column && at < text.size(); ++column)
    at += decode_front(text.substr(at)).length;
  return static_cast<uint32_t>(std::min(at, text.size()));
}

}  // namespace pflow::packages
