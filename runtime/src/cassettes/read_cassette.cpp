#include "runtime/src/cassettes/read_cassette.h"

#include <algorithm>

#include "pflow/yaml.hpp"
#include "runtime/src/cassettes/filters.h"
#include "runtime/src/cassettes/inflate.h"
#include "runtime/src/cassettes/played_answer.h"

namespace pflow::cassettes {
namespace {

constexpr const char* kFormHelp =
    "a cassette is a file in the form of vcrpy, version 1; record it anew if it is damaged";

bool is_scalar(const YamlNode& node) {
  return node.kind != YamlKind::List && node.kind != YamlKind::Map;
}

class Reader {
 public:
  Reader(const char* path, std::deque<Interaction>& out) : path_(path), out_(out) {}

  bool read(const YamlNode& root);

 private:
  bool interaction(const YamlNode& node);
  bool request(const YamlNode& node, Interaction& to);
  bool response(const YamlNode& node, Interaction& to);
  bool status(const YamlNode& response, Interaction& to);
  bool answer_body(const YamlNode& response, Interaction& to);
  bool headers(const YamlNode* node, std::vector<Header>& to);
  bool body(const YamlNode* node, std::string& to);
  bool check(const YamlNode& node, const Interaction& read);

  /// The member of a map, which must be there.
  const YamlNode* need(const YamlNode& map, const char* what, const char* key);
  /// Whether it is a map of no other keys.
  bool keys(const YamlNode& map, const char* what, std::initializer_list<std::string_view> known);
  bool wrong(const YamlNode& at, const std::string& why, const char* help = kFormHelp) {
    pf_config_error(nullptr, help, "%s:%u: %s", path_, at.line, why.c_str());
    return false;
  }

  const char* path_;
  std::deque<Interaction>& out_;
};

bool Reader::keys(const YamlNode& map, const char* what,
                  std::initializer_list<std::string_view> known) {
  if (map.kind != YamlKind::Map) return wrong(map, std::string(what) + " is no map");
  for (const YamlEntry& entry : map.entries) {
    if (std::ranges::find(known, entry.key.text) != known.end()) continue;
    return wrong(entry.key, std::string(what) + " has a key `" + std::string(entry.key.text) +
                                "`, which is unknown here");
  }
  return true;
}

const YamlNode* Reader::need(const YamlNode& map, const char* what, const char* key) {
  const YamlNode* found = map.find(key);
  if (!found) wrong(map, std::string(what) + " has no `" + key + "`");
  return found;
}

bool Reader::read(const YamlNode& root) {
  constexpr const char* kWhat = "the cassette";
  if (root.kind == YamlKind::Null) return wrong(root, "the file is empty");
  const YamlNode* version = root.find("version");
  if (root.kind == YamlKind::List || (root.kind == YamlKind::Map && !version))
    return wrong(root, "the cassette names no version: it is of a vcrpy before 1.0, or cut");
  if (!keys(root, kWhat, {"interactions", "version"})) return false;
  int64_t number = 0;
  if (!version->integer(&number) || number != 1)
    return wrong(*version, "the cassette is of version `" + std::string(version->text) +
                               "`; this program reads version 1");
  const YamlNode* list = need(root, kWhat, "interactions");
  if (!list) return false;
  if (list->kind != YamlKind::List && list->kind != YamlKind::Null)
    return wrong(*list, "`interactions` is no list");
  return std::ranges::all_of(list->items, [&](const YamlNode& item) { return interaction(item); });
}

bool Reader::interaction(const YamlNode& node) {
  constexpr const char* kWhat = "the interaction";
  if (!keys(node, kWhat, {"request", "response"})) return false;
  const YamlNode* asked = need(node, kWhat, "request");
  const YamlNode* answered = asked ? need(node, kWhat, "response") : nullptr;
  if (!answered) return false;
  Interaction made;
  made.line = node.line;
  if (!request(*asked, made) || !response(*answered, made) || !check(node, made)) return false;
  filter_request(made);
  out_.push_back(std::move(made));
  return true;
}

/// What can be told before anything is asked.
bool Reader::check(const YamlNode& node, const Interaction& read) {
  if (std::string secret = secret_in(read); !secret.empty())
    return wrong(node, "the recording holds what looks like a secret: " + secret,
                 "take it out of the file, and renew the key if others have seen it");
  std::string inflated;
  if (const char* why = inflate_body(content_encoding(read), read.body, inflated))
    return wrong(node, why);
  return true;
}

bool Reader::request(const YamlNode& node, Interaction& to) {
  constexpr const char* kWhat = "the request";
  if (!keys(node, kWhat, {"method", "uri", "headers", "body"})) return false;
  const YamlNode* method = need(node, kWhat, "method");
  const YamlNode* url = method ? need(node, kWhat, "uri") : nullptr;
  if (!url) return false;
  if (method->kind != YamlKind::Text || method->text.empty())
    return wrong(*method, "the method of the request is no text");
  if (url->kind != YamlKind::Text || url->text.find("://") == url->text.npos)
    return wrong(*url, "the `uri` of the request is no address");
  to.method = method->text;
  to.url = url->text;
  return headers(node.find("headers"), to.request_headers) &&
         body(node.find("body"), to.request_body);
}

bool Reader::response(const YamlNode& node, Interaction& to) {
  // `protocol` and `url` are written beside by some versions and clients.
  if (!keys(node, "the response",
            {"status", "headers", "body", "protocol", "url", "content", "http_version",
             "status_code"}))
    return false;
  return status(node, to) && headers(node.find("headers"), to.headers) && answer_body(node, to);
}

bool Reader::status(const YamlNode& response, Interaction& to) {
  const YamlNode* code = response.find("status_code");
  if (!code) {
    const YamlNode* status = need(response, "the response", "status");
    if (!status || !keys(*status, "the status", {"code", "message"})) return false;
    code = need(*status, "the status", "code");
    if (!code) return false;
    if (const YamlNode* reason = status->find("message"))
      if (reason->kind == YamlKind::Text) to.reason = reason->text;
  }
  int64_t number = 0;
  if (!code->integer(&number) || number < 100 || number > 999)
    return wrong(*code, "the status of the response is no number from 100 to 999");
  to.status = static_cast<int>(number);
  return true;
}

bool Reader::answer_body(const YamlNode& response, Interaction& to) {
  if (const YamlNode* content = response.find("content")) return body(content, to.body);
  const YamlNode* node = need(response, "the response", "body");
  if (!node) return false;
  if (node->kind == YamlKind::Null) return true;
  return keys(*node, "the body of the response", {"string"}) && body(node->find("string"), to.body);
}

bool Reader::body(const YamlNode* node, std::string& to) {
  if (!node || node->kind == YamlKind::Null) return true;
  if (node->kind != YamlKind::Text && node->kind != YamlKind::Bytes)
    return wrong(*node, "a body is neither text nor bytes");
  to = node->text;
  return true;
}

bool Reader::headers(const YamlNode* node, std::vector<Header>& to) {
  if (!node || node->kind == YamlKind::Null) return true;
  if (node->kind != YamlKind::Map) return wrong(*node, "the headers are no map");
  for (const YamlEntry& entry : node->entries) {
    Header header{std::string(entry.key.text), {}};
    bool listed = entry.value.kind == YamlKind::List;
    for (const YamlNode& value : listed ? entry.value.items : std::span(&entry.value, 1)) {
      if (!is_scalar(value))
        return wrong(value, "the value of the header `" + header.name + "` is no text");
      header.values.emplace_back(value.text);
    }
    to.push_back(std::move(header));
  }
  return true;
}

}  // namespace

bool read_cassette(const char* path, std::string_view text, std::deque<Interaction>& out) {
  YamlDocument document(text);
  if (document.ok()) return Reader(path, out).read(document.root());
  const YamlProblem& problem = document.problem();
  pf_config_error(nullptr, kFormHelp, "%s:%u:%u: the cassette cannot be read: %.*s", path,
                  problem.line, problem.column, static_cast<int>(problem.message.len),
                  problem.message.data);
  return false;
}

}  // namespace pflow::cassettes
