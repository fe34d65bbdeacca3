/// The language server. Inputs with a header are bytes of messages, in pieces of any length. Others
/// are a text, and behind a NUL byte edits: after them the server has the text that a model of
/// UTF-16 units has, and every request about every place of it is answered.
#include <cstdint>
#include <string>
#include <vector>

#include "test/fuzz/must.h"
#include "test/support/memory_files.h"
#include "tools/lsp/requests.h"
#include "tools/lsp/server.h"

namespace {

using namespace pflow::lsp;

constexpr std::string_view kUri = "file:///fuzz.pf";

pflow::MemoryFiles interfaces() {
  pflow::MemoryFiles files;
  files.load_interfaces(PFLOW_NODES, "nodes");
  files.files["/lib.pf"] =
      "schema Note { text: str }\nnode note(text: str) -> Note = Note { text: text }\n";
  return files;
}

/// A server whose answers are messages of the protocol.
struct Client {
  Client() : server(files(), {"nodes"}, "", [this](std::string_view bytes) { take(bytes); }) {
    say({{"id", 0}, {"method", "initialize"}, {"params", json::object()}});
  }

  static pflow::MemoryFiles& files() {
    static pflow::MemoryFiles all = interfaces();
    return all;
  }

  void take(std::string_view bytes) {
    Framing framing;
    framing.feed(bytes);
    std::optional<std::string> body = framing.next();
    fuzz::must(body.has_value() && !framing.next(), "the server sends whole messages", bytes);
    boost::system::error_code error;
    json::value message = json::parse(*body, error);
    fuzz::must(!error && string_at(message, "jsonrpc") == "2.0", "they are JSON-RPC", bytes);
    fuzz::must(integer_at(message, "error.code") != -32603, "no request fails inside", bytes);
    fuzz::must(string_at(message, "method") != "window/logMessage", "no check fails", bytes);
    if (member(message, "id") != nullptr) ++answers;
  }

  void say(json::object message) {
    message["jsonrpc"] = "2.0";
    server.receive(Framing::frame(json::serialize(message)));
  }
  void work() {
    while (server.step()) {
    }
  }

  size_t answers = 0;
  Server server;
};

std::u16string units_of(std::string_view text) {
  std::u16string units;
  for (size_t i = 0; i < text.size();) {
    auto lead = static_cast<unsigned char>(text[i]);
    int length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t point = length == 1 ? lead : lead & (0xFF >> (length + 1));
    for (int j = 1; j < length; ++j)
      point = point << 6 | (static_cast<unsigned char>(text[i + j]) & 0x3F);
    i += length;
    if (point < 0x10000) units += static_cast<char16_t>(point);
    if (point < 0x10000) continue;
    units += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
    units += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
  }
  return units;
}

/// Where a position is in units: lines and characters past an end are that end, and the middle of
/// a pair is its begin.
size_t place(const std::u16string& text, uint32_t line, uint32_t character) {
  size_t at = 0;
  for (; line > 0 && at < text.size(); ++at)
    if (text[at] == u'\n' ||
        (text[at] == u'\r' && (at + 1 == text.size() || text[at + 1] != u'\n')))
      --line;
  if (line > 0) return text.size();
  size_t end = at;
  while (end < text.size() && text[end] != u'\n' && text[end] != u'\r') ++end;
  at = std::min<size_t>(end, at + character);
  bool split = at > 0 && at < text.size() && (text[at] & 0xFC00) == 0xDC00 &&
               (text[at - 1] & 0xFC00) == 0xD800;
  return split ? at - 1 : at;
}

struct Bytes {
  const uint8_t* data;
  size_t size;
  uint32_t next(uint32_t below) {
    if (size == 0) return 0;
    --size;
    return *data++ % below;
  }
};

json::object position(uint32_t line, uint32_t character) {
  return {{"line", line}, {"character", character}};
}

/// An edit of the server and of the model.
void edit(Client& client, std::u16string& model, Bytes& bytes) {
  constexpr std::string_view kTexts[] = {"",
                                         "\n",
                                         "\r",
                                         "x",
                                         "\xF0\x9F\x90\xA2",
                                         "(",
                                         "}",
                                         "\"",
                                         "${",
                                         " >> ",
                                         ".",
                                         "let a = ",
                                         "flow f() {",
                                         "\xC3\xA9",
                                         "with (",
                                         "import \"lib.pf\"\n"};
  uint32_t from = bytes.next(12), begin = bytes.next(40), to = bytes.next(12), end = bytes.next(40);
  std::string_view text = kTexts[bytes.next(std::size(kTexts))];
  client.say({{"method", "textDocument/didChange"},
              {"params", json::object{{"textDocument", json::object{{"uri", kUri}, {"version", 2}}},
                                      {"contentChanges",
                                       json::array{json::object{
                                           {"range", json::object{{"start", position(from, begin)},
                                                                  {"end", position(to, end)}}},
                                           {"text", text}}}}}}});
  size_t first = place(model, from, begin), last = place(model, to, end);
  if (last < first) std::swap(first, last);
  model.replace(first, last - first, units_of(text));
}

void ask(Client& client, const std::u16string& model, Bytes& bytes) {
  uint32_t line =
      bytes.next(static_cast<uint32_t>(std::count(model.begin(), model.end(), u'\n') + 1));
  json::object at = position(line, bytes.next(60));
  int id = 1;
  for (const RequestRow& row : all_requests())
    client.say({{"id", id++},
                {"method", row.method},
                {"params",
                 json::object{{"textDocument", json::object{{"uri", kUri}}},
                              {"position", at},
                              {"newName", "other"},
                              {"context", json::object{{"includeDeclaration", true}}},
                              {"range", json::object{{"start", position(0, 0)}, {"end", at}}}}}});
  size_t before = client.answers;
  client.work();
  fuzz::must(client.answers - before >= all_requests().size(), "every request is answered");
}

void texts(const uint8_t* data, size_t size) {
  Client client;
  std::string text = fuzz::text_of(data, size);
  text = text.substr(0, text.find('\0'));
  size_t used = std::min(size, text.size() + 1);
  Bytes bytes{data + used, size - used};
  client.say(
      {{"method", "textDocument/didOpen"},
       {"params", json::object{{"textDocument",
                                json::object{{"uri", kUri}, {"version", 1}, {"text", text}}}}}});
  std::u16string model = units_of(text);
  do {
    for (uint32_t edits = bytes.size == 0 ? 0 : bytes.next(4); edits > 0; --edits)
      edit(client, model, bytes);
    ask(client, model, bytes);
    const std::string& held = client.server.documents().all().begin()->second.text;
    fuzz::must(units_of(held) == model, "the text after edits is that of the model", held);
  } while (bytes.size > 4);
}

void messages(std::string_view data) {
  Client client;
  for (size_t at = 0, step = 1; at < data.size(); at += step, step = step * 2 % 97) {
    client.server.receive(data.substr(at, step));
    client.server.step();
  }
  client.work();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view all(reinterpret_cast<const char*>(data), size);
  if (all.find("Content-Length") != std::string_view::npos)
    messages(all);
  else
    texts(data, size);
  return 0;
}
