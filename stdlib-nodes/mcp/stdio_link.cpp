#include "stdio_link.h"

#include "client.h"
#include "pflow/loop.h"
#include "stdlib-nodes/exec/line_process.h"

namespace pf_mcp {
namespace {

/// Requests wait until less than this is left to write.
constexpr size_t kMostUnwritten = size_t{1} << 20;

class StdioLink final : public Link, public pf_exec::LineProcess {
 public:
  explicit StdioLink(Client& client) : LineProcess(Complaints::Kept), client_(&client) {}

  int start(const Settings& settings) {
    return LineProcess::start(settings.words, &settings.environment);
  }

  // ---- Link
  [[nodiscard]] bool carries(const pf_json&) const override { return true; }
  [[nodiscard]] Era first_era() const override { return Era::Legacy; }
  void agree(Era, std::string_view) override {}
  void ask(const Request& request) override { send(request.text + '\n'); }
  void tell(std::string text) override { send(std::move(text) + '\n'); }
  void drop(int64_t, std::string notification) override { tell(std::move(notification)); }
  [[nodiscard]] bool is_full() const override { return unwritten() >= kMostUnwritten; }
  void hold_loop(bool holds) override { LineProcess::hold_loop(holds); }
  void leave(bool gently) override {
    client_ = nullptr;
    if (is_ending()) return;
    gently ? end_gently() : end_now();
  }

 private:
  // ---- LineProcess
  void take_line(std::string_view line) override {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (client_ != nullptr) client_->take(line);
  }
  void line_is_too_long() override {
    stop({.did = "printed a line of more than 64 MB", .help = {}, .once = true});
  }
  void was_read() override {
    if (client_ != nullptr) client_->send_calls();
  }
  void waited() override {}
  void output_is_closed() override {
    stop({.did = "closed its standard output before it answered", .help = {}});
  }
  void has_ended(const std::string& how, const std::string& words, const std::string&) override {
    if (client_ == nullptr) return;
    const char* before = client_->is_ready() ? " before it answered" : " before it was ready";
    Client* client = client_;
    client_ = nullptr;
    client->broke({.did = how + before + words, .help = {}});
  }
  void gone() override {}

  void stop(const Failure& failure) {
    Client* client = client_;
    client_ = nullptr;
    end_now();
    if (client != nullptr) client->broke(failure);
  }

  Client* client_;
};

}  // namespace

Link* start_process(const Settings& settings, Client& client, std::string* problem) {
  auto* made = new StdioLink(client);
  const int error = made->start(settings);
  if (error == 0) return made;
  *problem = uv_strerror(error);
  return nullptr;
}

}  // namespace pf_mcp
