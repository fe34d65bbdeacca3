#include "tools/driver/internal_error.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "tools/driver/exit_code.h"
#include "tools/driver/real_files.h"

namespace pflow {
namespace {

// A signal handler reaches nothing but globals, and may not allocate.
std::array<char, 8192> crash_banner;  // NOLINT: see above
std::array<char, 65536> crash_stack;  // NOLINT: the overflowed stack is of no use

std::string banner(std::string_view command) {
  return fmt::format("This is a bug in pflowc " PFLOW_VERSION
                     ", not in your program. To repeat it:\n    {}\n",
                     command);
}

std::string_view signal_name(int number) {
  switch (number) {
    case SIGSEGV: return "segmentation fault";
    case SIGBUS: return "bus error";
    case SIGFPE: return "arithmetic fault";
    case SIGILL: return "illegal instruction";
    case SIGABRT: return "abort";
    default: return "signal";
  }
}

void on_crash(int number) {
  for (std::string_view text : {std::string_view("pflowc: internal error: "), signal_name(number),
                                std::string_view("\n"), std::string_view(crash_banner.data())})
    (void)!::write(STDERR_FILENO, text.data(), text.size());
  ::_exit(kExitInternal);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kSanitized = true;  // its own report says more
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

}  // namespace

int internal_error(DriverEnv& env, std::string_view what, const std::string& command) {
  env.err(fmt::format("pflowc: internal error: {}\n{}", what, banner(command)));
  return kExitInternal;
}

std::string command_line(std::span<const std::string> arguments) {
  std::string line = "pflowc";
  for (const std::string& argument : arguments) {
    bool plain = !argument.empty();
    for (char c : argument)
      plain = plain && (std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                        std::strchr("-_./=,:+@%", c) != nullptr);
    line += ' ';
    if (plain) {
      line += argument;
      continue;
    }
    line += '\'';
    for (char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

void install_crash_handler(const std::string& command) {
  std::string text = banner(command);
  size_t size = std::min(text.size(), crash_banner.size() - 2);
  std::memcpy(crash_banner.data(), text.data(), size);
  crash_banner[size - 1] = '\n';

  stack_t stack{};
  stack.ss_sp = crash_stack.data();
  stack.ss_size = crash_stack.size();
  ::sigaltstack(&stack, nullptr);
  struct sigaction action{};
  action.sa_handler = on_crash;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGABRT, &action, nullptr);
  if (kSanitized) return;
  for (int number : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) ::sigaction(number, &action, nullptr);
}

}  // namespace pflow
