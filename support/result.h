/// Result<T>: a value, or why there is none. For work on files and tools, whose
/// failures the driver turns into diagnostics.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace pflow {

struct Failure {
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::move(value)) {}            // NOLINT(google-explicit-constructor)
  Result(Failure failure) : content_(std::move(failure)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] explicit operator bool() const { return content_.index() == 0; }
  [[nodiscard]] T& operator*() { return std::get<0>(content_); }
  [[nodiscard]] T* operator->() { return &std::get<0>(content_); }
  /// Only when there is no value.
  [[nodiscard]] const std::string& message() const { return std::get<1>(content_).message; }

 private:
  std::variant<T, Failure> content_;
};

/// Success without a value.
struct Done {};

}  // namespace pflow
