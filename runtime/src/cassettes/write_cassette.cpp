#include "runtime/src/cassettes/write_cassette.h"

#include <algorithm>

#include "runtime/src/yaml/written_text.h"

namespace pflow::cassettes {
namespace {

void add_text(rt::Buffer& out, std::string_view text, size_t indent) {
  if (pf_utf8_valid_prefix(text.data(), text.size()) == text.size())
    add_yaml_text(out, text, indent);
  else
    add_yaml_bytes(out, text, indent);
}

void add_member(rt::Buffer& out, size_t indent, const char* key, std::string_view text) {
  out.fill(' ', indent);
  out.format("%s: ", key);
  add_text(out, text, indent + 2);
  out.add('\n');
}

void add_headers(rt::Buffer& out, const std::vector<Header>& headers) {
  constexpr size_t kIndent = 4;
  std::vector<const Header*> sorted;
  for (const Header& header : headers) sorted.push_back(&header);
  std::ranges::stable_sort(sorted, {}, [](const Header* header) -> auto& { return header->name; });
  out.fill(' ', kIndent);
  out.add(headers.empty() ? "headers: {}\n" : "headers:\n");
  for (const Header* header : sorted) {
    out.fill(' ', kIndent + 2);
    add_text(out, header->name, kIndent + 4);
    out.add(header->values.empty() ? ": []\n" : ":\n");
    for (const std::string& value : header->values) {
      out.fill(' ', kIndent + 2);
      out.add("- ");
      add_text(out, value, kIndent + 4);
      out.add('\n');
    }
  }
}

}  // namespace

void begin_cassette(rt::Buffer& out) { out.add("interactions:\n"); }

void end_cassette(rt::Buffer& out) { out.add("version: 1\n"); }

void add_interaction(rt::Buffer& out, const Interaction& interaction) {
  out.add("- request:\n");
  if (interaction.request_body.empty())
    out.add("    body: null\n");
  else
    add_member(out, 4, "body", interaction.request_body);
  add_headers(out, interaction.request_headers);
  add_member(out, 4, "method", interaction.method);
  add_member(out, 4, "uri", interaction.url);
  out.add("  response:\n    body:\n");
  add_member(out, 6, "string", interaction.body);
  add_headers(out, interaction.headers);
  out.add("    status:\n");
  out.format("      code: %d\n", interaction.status);
  add_member(out, 6, "message", interaction.reason);
}

}  // namespace pflow::cassettes
