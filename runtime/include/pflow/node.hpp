/// The C++ face of pflow/abi.h for node authors. Headers only, no code to link
/// beyond the runtime, usable without exceptions and RTTI.
///
///   pf_status pfn_greetings_greet(pf_call* call, const greet_in* in, greet_out* out) {
///     if (in->name.len == 0) return pflow::fail(call, PF_E_VALUE, "`name` is empty");
///     out->greeting = pflow::join({"Hello, ", pflow::view(in->name), "!"});
///     return PF_DONE;
///   }
///
/// Ownership: what stands in `in` is borrowed for the length of the call (of a
/// pending one: until it completes). What is put into `out` is handed over: a fresh
/// value, or a borrowed one through `pflow::share`.
#pragma once

#include <stdlib.h>

#include <cstring>
#include <initializer_list>
#include <new>
#include <string_view>
#include <utility>

#include "pflow/abi.h"

namespace pflow {

/// A text as the standard library sees it; valid as long as the text is.
inline std::string_view view(const pf_str& text) {
  return {text.len == 0 ? "" : text.data, text.len};
}

/// A fresh text with a copy of the bytes, which must be UTF-8 for a `str`.
inline pf_str text(std::string_view bytes) { return pf_str_copy(bytes.data(), bytes.size()); }

/// A text without owner, for bytes that are never freed, as literals are.
inline pf_str literal(std::string_view bytes) { return {bytes.data(), bytes.size(), nullptr}; }

/// One more reference to a text, to be handed over.
inline pf_str share(const pf_str& text) {
  pf_str_retain(text);
  return text;
}

/// A fresh text of all the parts, one behind the other.
inline pf_str join(std::initializer_list<std::string_view> parts) {
  size_t total = 0;
  for (std::string_view part : parts) total += part.size();
  char* at;
  pf_str joined = pf_str_new(total, &at);
  for (std::string_view part : parts) {
    if (part.empty()) continue;
    memcpy(at, part.data(), part.size());
    at += part.size();
  }
  return joined;
}

/// Fails the call with a message that is no format. Returns PF_FAILED.
inline pf_status fail(pf_call* call, pf_error_kind kind, std::string_view message) {
  return pf_fail(call, kind, "%.*s", static_cast<int>(message.size()), message.data());
}

/// Fails the call because what came from `source` is no text.
inline pf_status fail_not_text(pf_call* call, pf_error_kind kind, std::string_view source,
                               const pf_text_problem& problem) {
  pf_fail(call, kind, "%.*s %s", static_cast<int>(source.size()), source.data(), problem.message);
  if (problem.help) pf_fail_help(call, "%s", problem.help);
  return PF_FAILED;
}

/// Makes text of bytes from outside (see `pf_take_text`), or releases them and fails the
/// call.
inline bool take_text(pf_call* call, pf_error_kind kind, std::string_view source, pf_str* bytes) {
  pf_text_problem problem;
  if (pf_take_text(bytes, &problem)) return true;
  fail_not_text(call, kind, source, problem);
  pf_str_release(*bytes);
  *bytes = {};
  return false;
}

/// Owns one reference to a text.
class Text {
 public:
  Text() = default;
  /// Takes over the reference.
  explicit Text(pf_str owned) : text_(owned) {}
  Text(const Text& other) : text_(share(other.text_)) {}
  Text(Text&& other) noexcept : text_(other.take()) {}
  Text& operator=(Text other) noexcept {
    pf_str held = text_;
    text_ = other.text_;
    other.text_ = held;
    return *this;
  }
  ~Text() { pf_str_release(text_); }

  [[nodiscard]] const pf_str& get() const { return text_; }
  [[nodiscard]] std::string_view view() const { return pflow::view(text_); }
  /// Hands the reference over; the object is empty afterwards.
  [[nodiscard]] pf_str take() {
    pf_str taken = text_;
    text_ = {};
    return taken;
  }

 private:
  pf_str text_{};
};

/// A text with a zero byte behind it, for C functions. `ok()` is false when the
/// text itself holds a zero byte, where a C text would end.
class CText {
 public:
  explicit CText(const pf_str& text) : ok_(text.len == 0 || !memchr(text.data, 0, text.len)) {
    char* bytes;
    copy_ = pf_str_new(text.len + 1, &bytes);
    if (text.len != 0) memcpy(bytes, text.data, text.len);
    bytes[text.len] = '\0';
  }
  CText(const CText&) = delete;
  CText& operator=(const CText&) = delete;
  ~CText() { pf_str_release(copy_); }

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] const char* c_str() const { return copy_.data; }

 private:
  pf_str copy_;
  bool ok_;
};

/// The elements of a borrowed list; `Element` is the struct of its element type.
///   for (const pf_str& name : pflow::Elements<pf_str>(in->names)) …
template <typename Element>
class Elements {
 public:
  explicit Elements(const pf_list& list) : head_(list.head) {}
  [[nodiscard]] size_t size() const { return head_ ? head_->len : 0; }
  [[nodiscard]] const Element* begin() const {
    return head_ ? reinterpret_cast<const Element*>(head_ + 1) : nullptr;
  }
  [[nodiscard]] const Element* end() const { return begin() + size(); }
  const Element& operator[](size_t index) const { return begin()[index]; }

 private:
  const pf_list_head* head_;
};

/// Builds a `[str]`; what was not taken is released.
class TextList {
 public:
  TextList() = default;
  TextList(const TextList&) = delete;
  TextList& operator=(const TextList&) = delete;
  ~TextList() {
    if (list_.head) pf_list_free(list_.head, &kElement);
  }

  /// Takes over the reference.
  void add(pf_str owned) {
    list_.head = static_cast<pf_list_head*>(pf_list_push(list_.head, &owned, &kElement));
  }
  void add(std::string_view bytes) { add(text(bytes)); }
  /// What is in it so far, borrowed.
  [[nodiscard]] const pf_list& get() const { return list_; }
  [[nodiscard]] pf_list take() {
    pf_list taken = list_;
    list_ = {};
    return taken;
  }

 private:
  static constexpr pf_type kElement = {
      PF_STR, sizeof(pf_str), alignof(pf_str), 1, "str", nullptr, 0, nullptr, nullptr, nullptr};
  pf_list list_{};
};

/// The entries of a borrowed map; `Value` is the struct of its value type.
///   for (const auto& [key, value] : pflow::Entries<pf_str>(in->headers)) …
template <typename Value>
struct Entry {
  pf_str key;
  Value value;
};
template <typename Value>
using Entries = Elements<Entry<Value>>;

/// An object of the runtime's memory, made and destroyed without operator new.
template <typename T, typename... Arguments>
T* make(Arguments&&... arguments) {
  void* room = malloc(sizeof(T));
  if (!room) pf_out_of_memory();
  return new (room) T(std::forward<Arguments>(arguments)...);
}
/// Zeroed room, to be given back with `free`.
inline void* zeroed(size_t bytes) {
  void* room = calloc(1, bytes);
  if (!room) pf_out_of_memory();
  return room;
}
template <typename T>
void destroy(T* object) {
  object->~T();
  free(object);
}

/// A stream made by a class of its own, which gives one item after the other:
///
///   class Countdown : public pflow::Stream<Countdown, int64_t> {
///    public:
///     explicit Countdown(int64_t from) : left_(from) {}
///     pf_status next(pf_call*, int64_t* out) {
///       if (left_ == 0) return PF_END;
///       *out = left_--;
///       return PF_DONE;
///     }
///    private:
///     int64_t left_;
///   };
///   out->numbers = pflow::make_stream<Countdown>(&int_type, in->from);
///
/// `next` may also fail the call, or complete it later as an async node does. The
/// destructor runs when the stream is closed, read to its end or not. Of a generic node
/// `Item` is `void`. One that can be read from any place in a file has the members that
/// `pf_places` describes: `file()`, `at()`, `go_to(place)` and `begin_at(offset)`.
template <typename Self, typename Item>
class Stream : public pf_stream {
 public:
  Stream() : pf_stream{} {}  // make_stream fills it
  static int32_t pull(pf_stream* stream, pf_call* call, void* out) {
    return static_cast<Self*>(stream)->next(call, static_cast<Item*>(out));
  }
  static void close(pf_stream* stream) { destroy(static_cast<Self*>(stream)); }
};

template <typename Self>
inline constexpr pf_places kPlacesOf = {
    [](pf_stream* stream) { return static_cast<Self*>(stream)->file(); },
    [](pf_stream* stream) { return static_cast<Self*>(stream)->at(); },
    [](pf_stream* stream, const pf_place* place) { static_cast<Self*>(stream)->go_to(*place); },
    [](pf_stream* stream, int64_t offset) { static_cast<Self*>(stream)->begin_at(offset); }};

template <typename Self>
constexpr const pf_places* places_of() {
  if constexpr (requires(Self& self) { self.begin_at(int64_t{}); })
    return &kPlacesOf<Self>;
  else
    return nullptr;
}

/// `item` describes the items and outlives the stream.
template <typename Self, typename... Arguments>
pf_stream* make_stream(const pf_type* item, Arguments&&... arguments) {
  static constexpr pf_stream_ops kOps = {Self::pull, Self::close, places_of<Self>()};
  Self* stream = make<Self>(std::forward<Arguments>(arguments)...);
  stream->ops = &kOps;
  stream->item = item;
  stream->shares = 0;
  return stream;
}

/// `str`, of the items of a `stream<str>`, and `[str]`.
inline constexpr pf_type kStr = {PF_STR, sizeof(pf_str), alignof(pf_str), 1,      "str", nullptr,
                                 0,      nullptr,        nullptr,         nullptr};
inline constexpr pf_type kTexts = {PF_LIST, sizeof(pf_list), alignof(pf_list), 1, "[str]", &kStr, 0,
                                   nullptr, nullptr,         nullptr};

}  // namespace pflow
