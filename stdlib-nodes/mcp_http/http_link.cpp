#include "http_link.h"

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "header_params.h"
#include "pflow/http.hpp"
#include "pflow/timer.h"
#include "posting.h"
#include "stdlib-nodes/exec/line_process.h"
#include "stdlib-nodes/mcp/client.h"

namespace pf_mcp {
namespace {

/// The end of a session is told within this.
constexpr int64_t kGoodbyeMs = 2000;
/// A stream that ends early is asked for again so often.
constexpr int kMostResumes = 10;
constexpr int64_t kMillisecond = 1'000'000;

class HttpLink final : public Link {
 public:
  HttpLink(const Settings& settings, Client& client) : settings_(settings), client_(&client) {}

  [[nodiscard]] bool carries(const pf_json& tool) const override {
    return era_ == Era::Legacy || has_good_headers(tool);
  }
  [[nodiscard]] Era first_era() const override { return Era::Modern; }
  void agree(Era era, std::string_view version) override {
    era_ = era;
    version_ = version;
    is_agreed_ = true;
  }
  void ask(const Request& request) override;
  void tell(std::string text) override;
  void drop(int64_t id, std::string notification) override;
  [[nodiscard]] bool is_full() const override { return false; }
  void hold_loop(bool) override {}
  void leave(bool gently) override;

 private:
  /// Until a stream is asked for again.
  struct Pause : pf_timer {
    Pause(HttpLink& link, const Posting& posting)
        : pf_timer{},
          link(link),
          id(posting.id()),
          last_id(posting.last_id()),
          resumes(posting.resumes() + 1) {}
    Pause(const Pause&) = delete;
    Pause& operator=(const Pause&) = delete;
    ~Pause() { pf_timer_stop(this); }

    HttpLink& link;
    int64_t id;
    std::string last_id;
    int resumes;
  };

  void post(Post post);
  void take_session(const pflow::HttpResponse& head);
  void ended(Posting& posting, const pflow::HttpResponse& response);
  void take_answer(Posting& posting, const pflow::HttpResponse& response);
  void take_refusal(Posting& posting, const pflow::HttpResponse& response);
  void take_early_end(Posting& posting);
  void resume(Pause& pause);
  void end_if_left();

  /// While it lives, the link does.
  class Use {
   public:
    explicit Use(HttpLink& link) : link_(link) { ++link_.uses_; }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() {
      --link_.uses_;
      link_.end_if_left();
    }

   private:
    HttpLink& link_;
  };

  Settings settings_;
  Client* client_;
  Era era_ = Era::Modern;
  bool is_agreed_ = false;
  int uses_ = 0;
  std::string version_{kModernVersion};
  std::string session_;
  bool is_greeted_ = false;  ///< the older form: its `initialized` is on its way, or there
  const Posting* greeting_ = nullptr;  ///< … on its way
  std::vector<Post> held_;             ///< what is sent behind it
  std::map<Posting*, std::unique_ptr<Posting>> postings_;
  std::map<int64_t, std::unique_ptr<Pause>> pauses_;
};

void HttpLink::ask(const Request& request) {
  if (request.method == "initialize") {  // the older form, from its beginning
    era_ = Era::Legacy;
    is_agreed_ = false;
    version_.clear();
    session_.clear();
    is_greeted_ = false;
    greeting_ = nullptr;
  }
  Headers headers;
  if (era_ == Era::Modern) {
    headers.emplace_back("Mcp-Method", request.method);
    if (!request.name.empty()) headers.emplace_back("Mcp-Name", header_value(request.name));
    if (request.tool != nullptr)
      for (auto& param : header_params(*request.tool, request.arguments))
        headers.push_back(std::move(param));
  }
  post({.method = "POST", .id = request.id, .text = request.text, .headers = std::move(headers)});
}

/// The first one behind the handshake ends it: on several connections it might come last.
void HttpLink::tell(std::string text) {
  const bool greets = era_ == Era::Legacy && !is_greeted_;
  is_greeted_ = is_greeted_ || greets;
  post({.method = "POST", .text = std::move(text), .greets = greets});
}

void HttpLink::post(Post post) {
  if (greeting_ != nullptr) return held_.push_back(std::move(post));
  if (!version_.empty()) post.headers.emplace_back("MCP-Protocol-Version", version_);
  if (!session_.empty()) post.headers.emplace_back("Mcp-Session-Id", session_);
  for (const auto& header : settings_.headers) post.headers.push_back(header);
  Posting::Heard heard{.user = this,
                       .head =
                           [](void* user, Posting&, const pflow::HttpResponse& head) {
                             static_cast<HttpLink*>(user)->take_session(head);
                           },
                       .message =
                           [](void* user, Posting& posting, std::string_view text) {
                             auto* link = static_cast<HttpLink*>(user);
                             if (link->client_ != nullptr) link->client_->take(text, posting.id());
                           },
                       .ended =
                           [](void* user, Posting& posting, const pflow::HttpResponse& response) {
                             static_cast<HttpLink*>(user)->ended(posting, response);
                           }};
  const bool greets = post.greets;
  auto made = std::make_unique<Posting>(settings_.url, std::move(post), heard);
  Posting* posting = made.get();
  if (greets) greeting_ = posting;
  postings_[posting] = std::move(made);
  posting->start();
}

/// Known before the first message behind it is sent.
void HttpLink::take_session(const pflow::HttpResponse& head) {
  const pf_str* session = pflow::http_header(head, "mcp-session-id");
  if (session != nullptr && !is_agreed_ && era_ == Era::Legacy) session_ = pflow::view(*session);
}

void HttpLink::drop(int64_t id, std::string notification) {
  pauses_.erase(id);
  std::erase_if(held_, [&](const Post& post) { return post.id == id; });
  Posting* dropped = nullptr;
  for (const auto& [posting, owned] : postings_)
    if (posting->id() == id) dropped = posting;
  if (era_ == Era::Legacy) tell(std::move(notification));
  if (dropped != nullptr) dropped->drop();
}

void HttpLink::leave(bool gently) {
  const Use use(*this);
  client_ = nullptr;
  pauses_.clear();
  held_.clear();
  greeting_ = nullptr;
  std::vector<Posting*> open;
  for (const auto& [posting, owned] : postings_) open.push_back(posting);
  if (gently && era_ == Era::Legacy && !session_.empty())
    post({.method = "DELETE", .timeout_ms = kGoodbyeMs});
  for (Posting* posting : open) posting->drop();
}

void HttpLink::end_if_left() {
  if (client_ == nullptr && postings_.empty() && uses_ == 0) delete this;
}

void HttpLink::ended(Posting& posting, const pflow::HttpResponse& response) {
  const Use use(*this);
  const std::unique_ptr<Posting> gone = std::move(postings_[&posting]);
  postings_.erase(&posting);
  if (gone.get() == greeting_) {
    greeting_ = nullptr;
    for (Post& post : std::exchange(held_, {})) this->post(std::move(post));
  }
  const bool is_heard = client_ != nullptr && !gone->is_dropped() && gone->id() != 0;
  if (is_heard) take_answer(*gone, response);
}

void HttpLink::take_answer(Posting& posting, const pflow::HttpResponse& response) {
  const bool is_cut = posting.is_stream() && !posting.has_answer();
  const bool is_lost = posting.resumes() != 0 && response.status >= 400;
  if ((is_cut && (response.error == nullptr || !posting.last_id().empty())) || is_lost)
    return take_early_end(posting);
  if (response.error != nullptr)
    return client_->fail_request(posting.id(),
                                 {.kind = response.error_kind,
                                  .did = std::string("cannot be reached: ") + response.error,
                                  .help = response.help != nullptr ? response.help : "",
                                  .once = response.once});
  if (response.status >= 300) return take_refusal(posting, response);
  if (posting.is_stream()) return;
  if (response.body.len == 0)
    return client_->fail_request(posting.id(), {.did = "answered with nothing"});
  if (Message message; !message.read(pflow::view(response.body)))
    return client_->fail_request(
        posting.id(), {.did = "answered with " + pf_exec::shown(pflow::view(response.body)) +
                              ", which is no message",
                       .help = "is it the address of a server of MCP?",
                       .once = true});
  client_->take(pflow::view(response.body), posting.id());
}

/// A status that is no success: its body may be the answer, or a sign of the form of the protocol.
void HttpLink::take_refusal(Posting& posting, const pflow::HttpResponse& response) {
  const int status = response.status;
  Message message;
  const bool says_why = message.read(pflow::view(response.body)) && message.error() != nullptr;
  const bool may_be_older = status == 400 || status == 404 || status == 405 || status == 406;
  if (!is_agreed_ && era_ == Era::Modern && may_be_older && !says_why) return client_->fall_back();
  const bool lost_session =
      era_ == Era::Legacy && !session_.empty() && (status == 404 || status == 400);
  if (lost_session && client_->begin_again(posting.id())) return;
  if (says_why && status != 401 && status != 403)
    return client_->take(pflow::view(response.body), posting.id());
  client_->fail_request(posting.id(), refusal(response, !settings_.headers.empty()));
}

/// Where events have ids the rest can be asked for.
void HttpLink::take_early_end(Posting& posting) {
  if (posting.last_id().empty() || posting.resumes() == kMostResumes)
    return client_->fail_request(posting.id(),
                                 {.kind = PF_E_NETWORK,
                                  .did = "ended its answer before the result was there",
                                  .once = true});
  auto pause = std::make_unique<Pause>(*this, posting);
  pf_timer_start(pause.get(), posting.retry_ms() * kMillisecond, [](pf_timer* timer) {
    auto* over = static_cast<Pause*>(timer);
    over->link.resume(*over);
  });
  pauses_[pause->id] = std::move(pause);
}

void HttpLink::resume(Pause& pause) {
  const std::unique_ptr<Pause> over = std::move(pauses_[pause.id]);
  pauses_.erase(over->id);
  post({.method = "GET",
        .id = over->id,
        .headers = {{"Last-Event-ID", over->last_id}},
        .resumes = over->resumes});
}

}  // namespace

Link* start_http(const Settings& settings, Client& client, std::string* problem) {
  if (const char* why = pflow::http_problem()) {
    *problem = why;
    return nullptr;
  }
  return new HttpLink(settings, client);
}

}  // namespace pf_mcp
