#include "runtime/src/restate/messages.h"

#include "pflow/node.hpp"
#include "runtime/src/restate/frames.h"
#include "runtime/src/restate/protobuf.h"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/buffer.h"

namespace pflow::restate {
namespace {

/// The field `content` of a Value.
bool read_value(std::string_view message, std::string& out) {
  ProtoReader reader(message);
  while (reader.next())
    if (reader.field() == 1) out = reader.text();
  return reader.is_whole();
}

bool read_failure(std::string_view message, Notification& out) {
  ProtoReader reader(message);
  while (reader.next()) {
    if (reader.field() == 1) out.code = static_cast<uint32_t>(reader.number());
    if (reader.field() == 2) out.value = reader.text();
  }
  return reader.is_whole();
}

std::string value(std::string_view content) {
  ProtoWriter writer;
  writer.text(1, content);
  return writer.bytes();
}

/// Packed, as numbers that repeat are written.
std::string packed(const std::vector<uint32_t>& numbers) {
  std::string out;
  for (uint32_t number : numbers) {
    for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
  }
  return out;
}

}  // namespace

bool read_start(std::string_view message, Start& out) {
  out = {};
  ProtoReader reader(message);
  while (reader.next()) {
    if (reader.field() == 1) out.id = reader.text();
    if (reader.field() == 2) out.debug_id = reader.text();
    if (reader.field() == 3) out.known_entries = static_cast<uint32_t>(reader.number());
  }
  return reader.is_whole();
}

bool read_command(std::string_view message, Command& out) {
  out = {};
  bool is_right = true;
  ProtoReader reader(message);
  while (reader.next()) {
    if (reader.field() == 11) out.completion = static_cast<uint32_t>(reader.number());
    if (reader.field() == 12) out.name = reader.text();
    if (reader.field() == 14) is_right = read_value(reader.text(), out.input);
  }
  return reader.is_whole() && is_right;
}

bool read_notification(std::string_view message, Notification& out) {
  out = {};
  bool is_right = true;
  ProtoReader reader(message);
  while (reader.next()) {
    if (reader.field() == 1) out.completion = static_cast<uint32_t>(reader.number());
    if (reader.field() == 2) out.signal = static_cast<uint32_t>(reader.number());
    if (reader.field() == 5) is_right = is_right && read_value(reader.text(), out.value);
    if (reader.field() != 6) continue;
    out.failed = true;
    is_right = is_right && read_failure(reader.text(), out);
  }
  return reader.is_whole() && is_right;
}

bool read_ack(std::string_view message, uint32_t& completion) {
  ProtoReader reader(message);
  while (reader.next())
    if (reader.field() == 1) completion = static_cast<uint32_t>(reader.number());
  return reader.is_whole();
}

std::string run_command(std::string_view name, uint32_t completion) {
  ProtoWriter writer;
  writer.number(11, completion);
  writer.text(12, name);
  return frame(MessageType::RunCommand, writer.bytes());
}

std::string run_completion(uint32_t completion, std::string_view value) {
  ProtoWriter writer;
  writer.number(1, completion);
  writer.message(14, value);
  return frame(MessageType::ProposeRunCompletion, writer.bytes());
}

std::string sleep_command(std::string_view name, uint32_t completion, uint64_t wake_up) {
  ProtoWriter writer;
  writer.number(1, wake_up);
  writer.number(11, completion);
  writer.text(12, name);
  return frame(MessageType::SleepCommand, writer.bytes());
}

std::string output_value(std::string_view content) {
  ProtoWriter writer;
  writer.message(14, value(content));
  return frame(MessageType::OutputCommand, writer.bytes());
}

std::string output_failure(uint32_t code, std::string_view message) {
  ProtoWriter failure, writer;
  failure.number(1, code);
  failure.text(2, message);
  writer.message(15, failure.bytes());
  return frame(MessageType::OutputCommand, writer.bytes());
}

std::string end() { return frame(MessageType::End, {}); }

std::string error(uint32_t code, std::string_view message, std::string_view command) {
  ProtoWriter writer;
  writer.number(1, code);
  writer.text(2, message);
  writer.text(5, command);
  return frame(MessageType::Error, writer.bytes());
}

/// Version 7 has a tree of what is awaited, of which the first leaf counts.
std::string suspension(int version, const Awaited& awaited) {
  constexpr int kTrees = 7;
  constexpr uint64_t kFirstCompleted = 1;
  ProtoWriter leaves, tree;
  leaves.text(1, packed(awaited.completions));
  leaves.text(2, packed(awaited.signals));
  if (version < kTrees) return frame(MessageType::Suspension, leaves.bytes());
  leaves.number(5, kFirstCompleted);
  tree.message(4, leaves.bytes());
  return frame(MessageType::Suspension, tree.bytes());
}

std::string awakeable_id(std::string_view invocation, uint32_t signal) {
  std::string bytes(invocation);
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(signal >> shift);
  rt::Buffer digits;
  rt::add_base64(digits, literal(bytes));
  std::string id = "sign_1";
  for (const char digit : view(digits.text()))
    if (digit != '=') id += digit == '+' ? '-' : digit == '/' ? '_' : digit;
  return id;
}

}  // namespace pflow::restate
