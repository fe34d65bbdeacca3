// A server from its start until its tools are known.
#include <algorithm>

#include "client.h"
#include "foreign.h"
#include "stdlib-nodes/exec/line_process.h"

namespace pf_mcp {
namespace {

/// What this client asks for, and what else it speaks.
constexpr std::string_view kLegacy = "2025-11-25";
constexpr std::string_view kSpoken[] = {kLegacy, "2025-06-18", "2025-03-26", "2024-11-05"};
constexpr std::string_view kSelf = R"({"name":"pflowc","version":"0.1"})";

constexpr size_t kMostPages = 1000;
constexpr size_t kMostBytesOfTools = size_t{64} << 20;
constexpr int64_t kMethodNotFound = -32601;

/// Whether an error is one that only a server of the modern form gives.
bool is_modern_error(const pf_json* error) {
  constexpr int64_t kHeaderMismatch = -32020, kMissingCapability = -32021, kVersion = -32022;
  const int64_t code = error_code(error);
  if (code == kHeaderMismatch || code == kMissingCapability || code == kVersion) return true;
  const auto supported = items(member(member(error, "data"), "supported"));
  return std::any_of(supported.begin(), supported.end(),
                     [](const pf_json& version) { return text_of(&version) >= kModernVersion; });
}

/// Whether an error about the version of the protocol names this one as supported.
bool speaks(const pf_json* error, std::string_view version) {
  for (const pf_json& each : items(member(member(error, "data"), "supported")))
    if (text_of(&each) == version) return true;
  return false;
}

bool speaks_older(const pf_json* error) {
  return std::ranges::any_of(kSpoken,
                             [&](std::string_view version) { return speaks(error, version); });
}

}  // namespace

/// The parameters with their member `_meta`: `meta`, and what each request of the newer form says.
std::string Client::with_meta(std::string params, std::string_view meta) const {
  if (meta.empty() && era_ == Era::Legacy) return params;
  params += params.empty() ? "\"_meta\":{" : ",\"_meta\":{";
  params += meta;
  if (era_ == Era::Modern) {
    if (!meta.empty()) params += ',';
    params += R"("io.modelcontextprotocol/protocolVersion":")" + std::string(kModernVersion) +
              R"(","io.modelcontextprotocol/clientInfo":)" + std::string(kSelf) +
              R"(,"io.modelcontextprotocol/clientCapabilities":{})";
  }
  return params + '}';
}

bool Client::start(pf_call* call) {
  std::string problem;
  link_ = start_(settings_, *this, &problem);
  if (link_ == nullptr) {
    pf_fail(call, PF_E_TOOL, "%s cannot be started: %s", who().c_str(), problem.c_str());
    return false;
  }
  strays_ = 0;
  asked_again_ = false;
  starting_.client = this;
  pf_timer_start(&starting_, start_limit_,
                 [](pf_timer* timer) { static_cast<Alarm*>(timer)->client->start_is_over(); });
  era_ = link_->first_era();
  era_is_guess_ = era_ == Era::Modern;
  if (era_ == Era::Legacy)
    initialize();
  else
    ask_tools({});
  return true;
}

void Client::start_is_over() {
  const std::string printed = strays_ == 0 ? "" : "; it printed " + last_stray_;
  give_up({.did = "was not ready within " +
                  pf_exec::in_words(static_cast<uint64_t>(start_limit_ / 1'000'000)) + printed,
           .help = "is it a server of MCP? `start: 5m` in the brackets of `by mcp(…)` gives it "
                   "longer"});
}

void Client::ask(std::string_view method, std::string params) {
  start_id_ = next_id_++;
  link_->ask({start_id_, method, {}, request(start_id_, method, with_meta(std::move(params), {}))});
}

void Client::initialize() {
  state_ = State::Starting;
  ask("initialize", "\"protocolVersion\":\"" + std::string(kLegacy) +
                        "\",\"capabilities\":{},\"clientInfo\":" + std::string(kSelf));
}

void Client::fall_back() {
  era_ = Era::Legacy;
  era_is_guess_ = false;
  initialize();
}

bool Client::begin_again(int64_t id) {
  auto found = calls_.find(id);
  if (found == calls_.end() || found->second->sent_again) return false;
  found->second->sent = false;
  found->second->sent_again = true;
  unsent_.push_back(id);
  if (state_ != State::Ready) return true;  // it has begun
  fitting_.clear();
  tools_.clear();
  initialize();
  return true;
}

void Client::ask_tools(std::string_view cursor) {
  state_ = State::Listing;
  if (cursor.data() == nullptr) pages_ = bytes_of_tools_ = 0;
  ask("tools/list", cursor.data() == nullptr ? std::string() : "\"cursor\":" + quoted(cursor));
}

void Client::take_answer(const Message& message) {
  start_id_ = 0;
  if (state_ == State::Starting) return take_start(message);
  take_tools(message);
}

void Client::take_start(const Message& message) {
  if (message.error() != nullptr) {
    if (!is_modern_error(message.error()))
      return give_up({.did = "refused to begin: " + error_text(message.error())});
    era_ = Era::Modern;
    link_->agree(era_, kModernVersion);
    return ask_tools({});
  }
  const std::string_view version = text_member(message.result(), "protocolVersion");
  if (std::ranges::find(kSpoken, version) == std::end(kSpoken))
    return give_up({.did = "speaks version `" + std::string(version) + "` of MCP",
                    .help = "this program speaks " + std::string(kSpoken[3]) + " to " +
                            std::string(kModernVersion),
                    .once = true});
  server_.share(*message.result());
  link_->agree(era_, version);
  link_->tell(notification("notifications/initialized", ""));
  ask_tools({});
}

void Client::take_tools(const Message& message) {
  if (message.error() != nullptr) {
    if (era_is_guess_ && speaks(message.error(), kModernVersion) && !asked_again_) {
      asked_again_ = true;
      return ask_tools({});
    }
    if (era_is_guess_ && (!is_modern_error(message.error()) || speaks_older(message.error())))
      return fall_back();
    if (error_code(message.error()) == kMethodNotFound) return be_ready();  // it has none
    return give_up({.did = "does not tell its tools: " + error_text(message.error())});
  }
  if (era_is_guess_) link_->agree(era_, kModernVersion);
  era_is_guess_ = false;
  keep_tools(*message.result());
  const pf_json* cursor = member(message.result(), "nextCursor");
  if (cursor == nullptr || cursor->kind != PF_JSON_STR) return be_ready();
  const std::string next(text_of(cursor));
  ++pages_;
  if (pages_ == kMostPages || bytes_of_tools_ > kMostBytesOfTools ||
      (pages_ > 1 && next == cursor_))
    return give_up({.did = "tells tools without end", .once = true});
  cursor_ = next;
  ask_tools(cursor_);
}

void Client::keep_tools(const pf_json& result) {
  if (era_ == Era::Modern) server_.share(result);
  for (const pf_json& tool : items(member(&result, "tools"))) {
    bytes_of_tools_ += json_of(tool).size();
    if (!link_->carries(tool)) continue;
    tools_[std::string(text_member(&tool, "name"))].share(tool);
  }
}

void Client::be_ready() {
  pf_timer_stop(&starting_);
  state_ = State::Ready;
  if (calls_.empty()) link_->hold_loop(false);
  send_calls();
}

/// `{"server": …, "instructions": …, "tools": […]}`
Json Client::description() const {
  const pf_json* info = member(&server_.get(), "serverInfo");
  if (info == nullptr)
    info = member(member(&server_.get(), "_meta"), "io.modelcontextprotocol/serverInfo");
  std::string text = "{\"era\":";
  text += era_ == Era::Modern ? "\"modern\"" : "\"legacy\"";
  if (info != nullptr) text += ",\"server\":" + json_of(*info);
  if (const pf_json* said = member(&server_.get(), "instructions"))
    text += ",\"instructions\":" + json_of(*said);
  text += ",\"tools\":[";
  for (const auto& [name, tool] : tools_) {
    if (text.back() != '[') text += ',';
    text += json_of(tool.get());
  }
  Json made;
  made.read(text + "]}");
  return made;
}

}  // namespace pf_mcp
