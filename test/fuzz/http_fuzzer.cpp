/// Any bytes as the answer of a server, from its status line to its body: the layers above
/// libcurl, which reads the wire. Headers, charsets, redirects, waits, and what an answer of
/// a model means.
#include <algorithm>
#include <vector>

#include "pflow/http.hpp"
#include "pflow/shown_url.hpp"
#include "runtime/src/http/address.h"
#include "runtime/src/http/curl_library.h"
#include "runtime/src/http/received.h"
#include "stdlib-nodes/models/choice/provider.h"
#include "stdlib-nodes/models/surrogates.h"
#include "stdlib-nodes/models/typed_answer.h"
#include "stdlib-nodes/models/wire_form.h"
#include "test/fuzz/must.h"
#include "test/fuzz/scalars.h"

using fuzz::must;

namespace {

bool is_text(std::string_view text) {
  return pf_utf8_valid_prefix(text.data(), text.size()) == text.size();
}

/// The lines up to a blank one are the head, the rest is the body.
std::string_view read_head(std::string_view wire, pflow::Received& received) {
  while (!wire.empty()) {
    size_t end = std::min(wire.find('\n'), wire.size());
    std::string_view line = wire.substr(0, end);
    wire.remove_prefix(std::min(end + 1, wire.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) break;
    received.add_line(line.data(), line.size());
  }
  return wire;
}

void check_headers(const pflow::Received& received, const std::vector<pflow::HttpHeader>& headers) {
  must(received.status() >= 0 && received.status() <= 999, "a status has three digits");
  for (const pflow::HttpHeader& header : headers) {
    std::string_view name = values::view(header.name), value = values::view(header.value);
    must(is_text(name) && is_text(value), "headers are text", name, value);
    bool lower = std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    must(lower, "names are in lower case", name);
    must(received.header(std::string(name).c_str()) != nullptr, "a header is found", name);
  }
}

/// The body as text; empty when it is none.
std::string check_body(const pflow::HttpResponse& response) {
  pf_str text{}, problem{};
  if (!pflow::http_text(response, &text, &problem)) {
    std::string why = values::take(problem);
    must(!why.empty() && is_text(why), "what is no text says why", why);
    return "";
  }
  std::string taken = values::take(text);
  must(is_text(taken), "a body that is text is UTF-8", taken);
  return taken;
}

/// A redirect goes to an address of http, and keeps user and password at its origin alone.
void check_redirect(const char* location) {
  static constexpr const char* kAsked = "https://user:pw@host.example/a/b?c#d";
  pflow::ShownUrl shown = pflow::shown_url(location);
  std::string_view host = shown.rest.substr(0, shown.rest.find('/'));
  bool secret = host.find('@') != host.npos || shown.rest.find_first_of("?#") != host.npos;
  must(!secret, "a shown address holds no secret", location, shown.rest);
  pflow::Address from, to;
  must(!from.set(kAsked), "the address that is asked is one");
  must(!to.set(kAsked), "the address that is asked is one");
  if (to.follow(location)) return;
  bool home = from.same_origin(to);
  must(home == to.same_origin(from), "to be of one origin is mutual", location);
  if (home) to.take_user(from);
  char* text = to.text();
  must(text != nullptr, "where a redirect leads has a text", location);
  std::string led(text);
  pflow::g_curl.free(text);
  must(led.starts_with("http://") || led.starts_with("https://"), "a redirect stays with http",
       led);
  if (!home && std::string_view(location).find("pw") == std::string_view::npos)
    must(led.find("user:pw@") == led.npos, "no other origin is given the password", led);
  pflow::Address again;
  must(!again.set(led.c_str()), "where a redirect leads can be asked", location, led);
  // libcurl 7.88 encodes a `%` of a host anew each time it is asked for the text.
  bool odd = led.substr(0, led.find('/', led.find("://") + 3)).find('%') != led.npos;
  must(odd || again.same_origin(to), "where a redirect leads is where it says", location, led);
}

void check_typed(const pf_models::Answer& answer, const pf_type& type) {
  alignas(16) char room[256] = {};
  pf_call call{.site = &values::kSite};
  pf_list mended{};
  if (pf_models::take_answer(&call, answer, {.type = &type}, room, &mended) == PF_DONE) {
    must(is_text(values::json_of(room, type)), "a value of an answer is text", type.name);
    must(is_text(values::json_of(&mended, values::kTexts)), "a report is text", type.name);
    pf_drop_value(room, &type);
    pf_drop_value(&mended, &values::kTexts);
    return;
  }
  pf_raise_call(&call);
  must(is_text(values::take_failure()), "a failure is text", type.name);
}

/// What the body means as the answer of a model.
void check_answer(const pf_models::WireForm& wire, int status, const std::string& body) {
  pf_models::AnswerResult result = pf_models::read_answer(wire, status, body);
  if (!result.answer) {
    std::string shown = pf_models::presentable(result.problem, "sk-12345");
    must(!shown.empty() && is_text(shown), "a problem of an answer is text", shown);
    must(shown.find("sk-12345") == shown.npos, "no key is shown", shown);
    return;
  }
  must(status >= 200 && status < 300, "only a success is an answer");
  must(is_text(result.answer->text), "an answer is text", result.answer->text);
  for (const pf_type* type :
       {&values::kStr, &values::kItem, &values::kItems, &values::kSum, &fuzz::kAllScalars})
    check_typed(*result.answer, *type);
}

void check_answers(int status, const std::string& body) {
  std::string whole = pf_models::with_whole_pairs(body);
  must(pf_models::with_whole_pairs(whole) == whole, "whole pairs stay as they are", body, whole);
  for (const pf_models::WireForm* wire :
       {&pf_models::kOpenAiChat, &pf_models::kOpenAiResponses, &pf_models::kAnthropicMessages,
        &pf_models::kGeminiGenerate, &pf_models::kOllamaChat, &pf_models::kGeminiInteractions})
    check_answer(*wire, status, body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const char* const missing = pflow::load_curl();
  must(!missing, "libcurl is there", missing ? missing : "");
  pflow::Received received;
  std::string_view body = read_head({reinterpret_cast<const char*>(data), size}, received);
  pflow::rt::Row<pflow::HttpHeader> listed;
  received.list_headers(listed);
  std::vector<pflow::HttpHeader> headers(listed.begin(), listed.end());
  check_headers(received, headers);
  pflow::HttpResponse response;
  response.status = received.status();
  response.body = values::lit(body);
  response.headers = headers.data();
  response.header_count = headers.size();
  int64_t wait = pflow::http_retry_after(response);
  must(wait == -1 || (wait >= 0 && wait <= 1'000'000'000'000'000'000), "a wait is bearable");
  if (const char* location = received.header("location")) check_redirect(location);
  check_answers(response.status, check_body(response));
  return 0;
}
