#include "runtime/src/cassettes/played_answer.h"

#include "runtime/src/cassettes/inflate.h"

namespace pflow::cassettes {
namespace {

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

std::string content_encoding(const Interaction& interaction) {
  for (const Header& header : interaction.headers)
    if (in_lower_case(header.name) == "content-encoding" && !header.values.empty())
      return in_lower_case(header.values.front());
  return "";
}

PlayedAnswer::PlayedAnswer(const Interaction& interaction, bool decoded) {
  std::string encoding = decoded ? content_encoding(interaction) : "";
  // That it can be has been found out when the cassette was read.
  if (!encoding.empty()) inflate_body(encoding, interaction.body, body);
  response.status = interaction.status;
  response.body = literal(encoding.empty() ? interaction.body : body);
  for (const Header& header : interaction.headers) {
    std::string& name = names.emplace_back(in_lower_case(header.name));
    for (const std::string& value : header.values)
      headers.push_back({literal(name), literal(value)});
  }
  response.headers = headers.data();
  response.header_count = headers.size();
}

}  // namespace pflow::cassettes
