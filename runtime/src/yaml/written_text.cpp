#include "runtime/src/yaml/written_text.h"

#include "pflow/yaml.hpp"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/utf8.h"
#include "runtime/src/yaml/scalar_types.h"

namespace pflow {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::string_view kPlain = "-_./;=+()";

bool is_plain(std::string_view text) {
  if (text.empty() || (!is_letter(text.front()) && text.front() != '/')) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    bool digit = c >= '0' && c <= '9';
    if (is_letter(c) || digit || kPlain.find(c) != kPlain.npos) continue;
    bool between = i + 1 < text.size() && text[i + 1] != ' ' && text[i + 1] != ':';
    if (!(between && (c == ':' || c == ' ' || c == ',')) || text[i - 1] == ' ') return false;
  }
  return type_of_plain(text) == YamlKind::Text;
}

bool is_printable(std::string_view text) {
  for (char c : text)
    if ((c < ' ' && c != '\n') || c >= 0x7f) return false;
  return true;
}

/// Lines as they are, where nothing at their ends could be lost.
bool is_block(std::string_view text) {
  if (text.find('\n') == text.npos || !is_printable(text)) return false;
  if (text.front() == ' ' || text.front() == '\n') return false;
  return text.find(" \n") == text.npos && text.back() != ' ';
}

/// `|` keeps one line end behind the text, `|-` none, `|+` all.
void add_block(rt::Buffer& out, std::string_view text, size_t indent) {
  bool ends = text.back() == '\n';
  bool ends_twice = ends && text[text.size() - 2] == '\n';
  out.add(ends_twice ? "|+" : ends ? "|" : "|-");
  if (ends) text.remove_suffix(1);
  while (true) {
    size_t end = text.find('\n');
    size_t length = end == text.npos ? text.size() : end;
    out.add('\n');
    if (length != 0) out.fill(' ', indent);
    out.add(text.data(), length);
    if (end == text.npos) return;
    text.remove_prefix(end + 1);
  }
}

void add_single_quoted(rt::Buffer& out, std::string_view text) {
  out.add('\'');
  for (char c : text) {
    if (c == '\'') out.add('\'');
    out.add(c);
  }
  out.add('\'');
}

void add_escape(rt::Buffer& out, uint32_t c) {
  if (c == '\n') return out.add("\\n");
  if (c == '\r') return out.add("\\r");
  if (c == '\t') return out.add("\\t");
  if (c == '"') return out.add("\\\"");
  if (c == '\\') return out.add("\\\\");
  const char* form = c < 0x100 ? "\\x%02X" : c < 0x10000 ? "\\u%04X" : "\\U%08X";
  if (c >= ' ' && c < 0x7f)
    out.add(static_cast<char>(c));
  else
    // NOLINTNEXTLINE(clang-diagnostic-format-nonliteral)
    out.format(form, c);
}

void add_double_quoted(rt::Buffer& out, std::string_view text) {
  out.add('"');
  while (!text.empty()) {
    size_t length = 0;
    add_escape(out, rt::decode_code_point(text.data(), text.size(), &length));
    text.remove_prefix(length);
  }
  out.add('"');
}

}  // namespace

void add_yaml_text(rt::Buffer& out, std::string_view text, size_t indent) {
  if (is_plain(text)) return out.add(text.data(), text.size());
  if (is_block(text)) return add_block(out, text, indent);
  if (is_printable(text) && text.find('\n') == text.npos) return add_single_quoted(out, text);
  add_double_quoted(out, text);
}

void add_yaml_bytes(rt::Buffer& out, std::string_view bytes, size_t indent) {
  constexpr size_t kLine = 57;  // 76 digits
  out.add("!!binary |");
  while (!bytes.empty()) {
    size_t length = bytes.size() < kLine ? bytes.size() : kLine;
    out.add('\n');
    out.fill(' ', indent);
    rt::add_base64(out, {bytes.data(), length, nullptr});
    bytes.remove_prefix(length);
  }
}

}  // namespace pflow
