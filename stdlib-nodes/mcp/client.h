/// The conversation with one server: its start, its tools, the calls. It is started by the first
/// call, stays for the next ones, and is started anew after it broke. Everything here belongs to
/// the loop thread.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "call.h"
#include "link.h"
#include "members.h"
#include "message.h"
#include "pflow/timer.h"

namespace pf_mcp {

/// Why what was asked of a server has failed.
struct Failure {
  pf_error_kind kind = PF_E_TOOL;
  std::string did;   ///< goes on behind the name of the server: "ended with exit code 1"
  std::string help;  ///< may be empty
  bool once = false;
  int status = 0;  ///< of HTTP
  int64_t retry_after = -1;
};

class Client {
 public:
  Client(Settings settings, Start start) : settings_(std::move(settings)), start_(start) {}

  /// PF_PENDING: the call is the client's, and waits; else it has ended at once.
  pf_status take_call(Call* call);
  void cancel(Call* call);
  /// Leaves the server, as the program ends.
  void end();

  // ---- for its link
  /// A message; `asked` is the request that it came back for, where that is known.
  void take(std::string_view text, int64_t asked = 0);
  void fail_request(int64_t id, const Failure& failure);
  /// The link has ended: all that was asked fails.
  void broke(const Failure& failure);
  /// Its form is not the one that was tried first: it is asked anew.
  void fall_back();
  /// The server has forgotten the session: all begins anew, and the request, a call, with it.
  /// False: that was done for this call before.
  bool begin_again(int64_t id);
  void send_calls();
  [[nodiscard]] bool is_ready() const { return state_ == State::Ready; }
  /// As messages name it: the server `files` (`npx server-files`).
  [[nodiscard]] std::string who() const;

 private:
  enum class State : unsigned char { Idle, Starting, Listing, Ready };
  struct Alarm : pf_timer {
    Client* client;
  };

  bool start(pf_call* call);
  void ask(std::string_view method, std::string params);
  void initialize();
  void ask_tools(std::string_view cursor);
  void take_answer(const Message& message);
  void take_start(const Message& message);
  void take_tools(const Message& message);
  void keep_tools(const pf_json& result);
  void be_ready();
  void send_call(Call* call);
  [[nodiscard]] bool is_offered(Call* call);

  void take_request(const Message& message);
  void take_progress(const pf_json* params);
  void take_call_answer(Call* call, const Message& message);
  void take_stray(std::string_view text);

  void drop(const Call* call);
  void complete(Call* call, pf_status status);
  void fail(Call* call, const Failure& failure);
  void fail_calls(const Failure& failure);
  /// The server does what none should: all calls fail, and it is left.
  void give_up(const Failure& failure);
  void forget_server();
  void watch(const Call* call);
  void silence_is_over();
  void start_is_over();
  [[nodiscard]] std::string with_meta(std::string params, std::string_view meta) const;
  [[nodiscard]] Json description() const;

  Settings settings_;
  Start start_;
  Link* link_ = nullptr;
  State state_ = State::Idle;
  Era era_ = Era::Legacy;
  bool era_is_guess_ = false;
  bool asked_again_ = false;  ///< as the version was refused that the server says it speaks
  Json server_;               ///< what it said of itself at the start
  std::map<std::string, Json> tools_;    ///< that it offers
  std::set<const pf_foreign*> fitting_;  ///< nodes whose tools are as they were
  size_t pages_ = 0;
  size_t bytes_of_tools_ = 0;
  std::string cursor_;
  size_t strays_ = 0;
  std::string last_stray_;

  int64_t next_id_ = 1;
  int64_t start_id_ = 0;  ///< of what is asked before it is ready
  std::unordered_map<int64_t, Call*> calls_;
  std::deque<int64_t> unsent_;
  std::set<int64_t> dropped_;  ///< requests that may be answered late
  int64_t start_limit_ = 0;    ///< nanoseconds, of all nodes of the server
  Alarm starting_{};
  Alarm silence_{};
};

}  // namespace pf_mcp
